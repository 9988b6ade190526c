"""A second image is made of an image's original."""

import uuid
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from gallery.config import Settings
from gallery.db import db
from gallery.editing.image_editing import apply_values
from gallery.editing.revision import change_begun
from gallery.models import tag
from gallery.models.album import Album
from gallery.models.audit import Deed, record
from gallery.models.claim import Claim
from gallery.models.content_credentials import credentials_of, keep_credentials
from gallery.models.event import Event, announce
from gallery.models.fingerprint import copy_fingerprint
from gallery.models.image import Image, now
from gallery.present.sync_document import write_documents
from gallery.review.flagging import flag_again

_SHARED = (
    "uploader_number user_sfid sha256 size_bytes format page filename infos exifs metadatas title "
    "description original_width_px original_height_px rotation crop_x crop_y crop_w crop_h colour taken_at "
    "taken_offset_s latitude longitude map_key ip_country processed processing_error processed_version "
    "delivery_extension"
).split()
_OF_CLAIM = "source latitude longitude accuracy_m made_at".split()


def duplicate(image: Image, album: Album, values: Mapping[str, Any], settings: Settings) -> Image:
    """A new image in the album like this one, but for the values of `editing.Changes`. The caller commits.

    Both bear the same group id; an image without one gets one, so that its record changes, too. Raises
    CropInvalid, and NotFound where image or album was deleted meanwhile.
    """
    album_number = album.number
    image = change_begun(image, into=album_number)
    target = db.session.get_one(Album, album_number)
    is_grouped = image.group_id is not None
    if not is_grouped:
        image.group_id, image.updated_at = str(uuid.uuid4()), now()
    copy = _copy(image, target)
    apply_values(copy, values)
    db.session.add(copy)
    db.session.flush()
    keep_credentials(copy.number, credentials_of(image.number))
    copy_fingerprint(image.number, copy.number)
    record(Deed.IMAGE_DUPLICATED, image=copy, original=image.id)
    tag.put_on(copy, tag.names_on([image.number])[image.number])
    flag_again([copy], settings)
    write_documents([copy] if is_grouped else [image, copy], settings)
    announce(Event.NEW_IMAGE, [copy])
    if not is_grouped:
        announce(Event.UPDATED_IMAGE, [image])
    return copy


def _copy(image: Image, album: Album) -> Image:
    made_at = now()
    copy = Image(
        album=album,
        group_id=image.group_id,
        created_at=made_at,
        updated_at=made_at,
        delivery_version=int(made_at.timestamp()),
        **{name: deepcopy(getattr(image, name)) for name in _SHARED},
    )
    copy.claims = [Claim(**{name: getattr(claim, name) for name in _OF_CLAIM}) for claim in image.claims]
    return copy
