"""The shape of an image's record, for the API's description; the record itself is made by `sync_document`."""

from typing import Annotated, Any

import msgspec

_Text = str | None
_Pair = Annotated[list[float], msgspec.Meta(min_length=2, max_length=2, description="[latitude, longitude]")]


class Thumbnails(msgspec.Struct):
    """Signed links for the gallery's own pages."""

    original: str
    full_no_sharinpix: str
    full: str
    large: str
    mini: str


class ExternalUrls(msgspec.Struct):
    """Links for third parties."""

    fill100: str
    fit2000: str
    mini: str
    large: str
    full: str


class ImageRecord(msgspec.Struct):
    """An image, with the keys of the sync record but for `tag_names` and `user_sfid`."""

    id: str
    public_id: str
    infos: dict[str, Any]
    exifs: dict[str, Any]
    gps: _Pair | None
    gps_ip: _Pair | None
    gps_exifs: _Pair | None
    gps_html: _Pair | None
    created_at: str
    updated_at: str
    taken_at: _Text
    width: int
    height: int
    rotation: int
    crop_x: float
    crop_y: float
    crop_w: float
    crop_h: float
    metadatas: dict[str, Any]
    original_url: str
    original_width: int
    original_height: int
    external_urls: ExternalUrls
    filename: str
    format: str
    title: _Text
    description: _Text
    page: int | None
    group_id: _Text
    color: str
    size: int
    processed: bool
    processing_error: _Text
    album_id: str
    thumbnails: Thumbnails


class TrashedRecord(ImageRecord):
    """An image in the trash. Its links show nothing until it is restored."""

    deleted_at: str
    deleted_by: _Text
    """The person's name; null: a person who is gone."""


class SyncRecord(ImageRecord):
    """An image's whole record."""

    tag_names: list[str]
    user_sfid: _Text
