"""The whole list as gzip is the list to the byte, whatever was changed and whenever blocks were made."""

import gzip
import random
import zlib
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing import trash
from gallery.editing.image_editing import Changes, edit
from gallery.editing.moving import move
from gallery.editing.ordering import put_before
from gallery.gzip_member import HEAD, Member, piece_of
from gallery.models.document import SyncDocument
from gallery.models.document_block import DocumentBlock
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.present import zipped_list
from gallery.present.sync_document import join, write_documents
from tests.engines import both_engines
from tests.records import album_of, bare_image


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=3000)), max_size=12))
def test_pieces_and_other_bytes_make_one_member(parts: list[tuple[bool, bytes]]) -> None:
    member = Member()
    sent = [member.add(piece_of(content)) if is_kept else member.write(content) for is_kept, content in parts]
    whole = b"".join([HEAD, *sent, member.end()])
    assert gzip.decompress(whole) == b"".join(content for _, content in parts)


def test_a_check_that_is_wrong_is_found_by_any_reader() -> None:
    member, piece = Member(), piece_of(b"something")
    whole = HEAD + member.add(piece._replace(crc=piece.crc ^ 1)) + member.end()
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(whole)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few documents are many blocks."""
    monkeypatch.setattr(zipped_list, "BLOCK", 4)
    monkeypatch.setattr(zipped_list, "LEAST", 2)
    monkeypatch.setattr(zipped_list, "READ_AT_ONCE", 3)


@pytest.fixture
def filled(
    app: Flask, settings: Settings, small_blocks: None
) -> Iterator[Callable[[], None]]:  # they are small
    """Twenty-three documents in two albums; whoever calls it gets one of them changed somehow."""
    chance = random.Random(7)
    with app.app_context():
        begin_write()
        albums = [album_of(), album_of("other")]
        images = [bare_image(albums[nth % 2], position=nth // 5) for nth in range(23)]
        write_documents(images, settings)
        db.session.commit()
        numbers = [image.number for image in images]
        user = User.create("ed@example.org", "correct horse", role=Role.ADMIN)
        begin_write()
        db.session.add(user)
        db.session.commit()

        def change() -> None:
            image = db.session.get_one(Image, chance.choice(numbers))
            if image.trashed_at is not None:
                trash.restore(image, settings)
            else:
                deed = chance.randrange(4)
                other = db.session.get_one(Image, chance.choice(numbers))
                if deed == 0:
                    edit(image, Changes({"title": str(chance.random())}), settings)
                elif deed == 1:
                    move([image], chance.choice([image.album, other.album]), settings)
                elif deed == 2 and other.trashed_at is None and other.album_number == image.album_number:
                    put_before(image, other, settings)
                else:
                    trash.discard(image, db.session.get_one(User, user.number), settings)
            db.session.commit()

        yield change
        db.session.remove()


def plain() -> bytes:
    """As it is answered without gzip."""
    key = (SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)
    bodies = sa.select(SyncDocument.body).where(SyncDocument.deleted_at.is_(None)).order_by(*key)
    return join(bytes(body) for body in db.session.scalars(bodies) if body is not None)


def unzipped() -> bytes:
    """What the gzip answer holds; its check is verified."""
    db.session.rollback()
    return zlib.decompress(b"".join(zipped_list.zipped_list(db.engine)), zlib.MAX_WBITS | 16)


@pytest.mark.slow
@both_engines
def test_the_list_is_the_same_after_every_change_and_every_filling(filled: Callable[[], None]) -> None:
    assert unzipped() == plain()
    chance = random.Random(3)
    for _ in range(60):
        filled()
        if chance.random() < 0.4:
            zipped_list.fill_blocks(chance.choice([1, 3, 100]))
        assert unzipped() == plain()
    zipped_list.fill_blocks(100)
    blocks = db.session.scalar(sa.select(sa.func.count()).select_from(DocumentBlock))
    assert blocks is not None
    assert blocks > 2


@both_engines
def test_control_a_block_that_is_believed_unseen_shows_old_bytes(
    filled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    zipped_list.fill_blocks(100)
    with zipped_list._snapshot(db.engine) as connection:
        spans = zipped_list.good_spans(connection)
    assert len(spans) > 2
    monkeypatch.setattr(zipped_list, "good_spans", lambda _connection: spans)
    for _ in range(10):
        filled()
    assert unzipped() != plain()


@both_engines
def test_blocks_over_each_other_are_sent_once(filled: Callable[[], None]) -> None:
    zipped_list.fill_blocks(100)
    with db.engine.connect() as connection:
        rows = [dict(row._mapping) for row in connection.execute(sa.select(DocumentBlock.__table__))]
    begin_write()
    db.session.execute(sa.insert(DocumentBlock), [{**row, "number": row["number"] + 1000} for row in rows])
    db.session.commit()
    assert unzipped() == plain()
    filled()
    assert unzipped() == plain()
