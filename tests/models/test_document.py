"""What a person sees of the stored documents is theirs alone, whichever way the database reads them."""

import uuid
from collections.abc import Sequence

import pytest

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import seen_documents
from gallery.models.album import create_album, is_in_most_albums
from gallery.models.image import Image
from gallery.models.user import User
from gallery.prepared import Reader
from gallery.present.sync_document import write_documents
from tests.engines import both_engines
from tests.records import bare_image

pytestmark = [both_engines, pytest.mark.usefixtures("context")]
ALBUMS = 6


def ids_in(bodies: Sequence[bytes]) -> list[str]:
    return [bytes(body)[7:43].decode() for body in bodies]


@pytest.mark.parametrize("own", [0, 1, 3, ALBUMS])
def test_a_member_of_few_albums_and_one_of_most_see_exactly_theirs_in_order(
    own: int, settings: Settings
) -> None:
    begin_write()
    member = User.create("member@example.org", "12345678")
    albums = [create_album(str(number)) for number in range(ALBUMS)]
    images: list[Image] = [bare_image(albums[number % ALBUMS], position=50 - number) for number in range(50)]
    write_documents(images, settings)
    db.session.add(member)
    db.session.flush()
    for album in albums[:own]:
        album.admit(member)
    db.session.commit()
    theirs = [image.id for image in reversed(images) if image.album in albums[:own]]
    with db.engine.connect() as connection, Reader(db.engine) as reader:
        assert is_in_most_albums(connection, member) == (own >= ALBUMS / 2)
        asked = [image.id for image in images] + [str(uuid.uuid4())]
        assert ids_in(seen_documents.bodies(reader, member, asked)) == theirs
    streamed = [body for batch in seen_documents.stream_bodies(db.engine, member, batch=7) for body in batch]
    assert ids_in(streamed) == theirs
