import pytest
import sqlalchemy as sa

from gallery.db import db
from gallery.models import tag
from gallery.models.image import Image
from gallery.models.tag import Tag, TagInvalid
from tests.engines import both_engines
from tests.records import album_of, bare_image

pytestmark = both_engines


@pytest.fixture
def image(context: None) -> Image:
    image = bare_image(album_of())
    db.session.flush()
    return image


def names(image: Image) -> list[str]:
    return tag.names_on([image.number])[image.number]


def test_tags_stand_in_the_order_in_which_they_were_put_on(image: Image) -> None:
    assert tag.put_on(image, ["z", "a"])
    assert tag.put_on(image, ["m", "a", "b"])
    assert names(image) == ["z", "a", "m", "b"]


def test_putting_on_what_is_there_changes_nothing(image: Image) -> None:
    tag.put_on(image, ["a"])
    assert not tag.put_on(image, ["a", " a "])
    assert names(image) == ["a"]


def test_replacing_leaves_these_and_no_others(image: Image) -> None:
    tag.put_on(image, ["a", "b"])
    tag.replace_on(image, ["c", "b"])
    assert names(image) == ["c", "b"]
    tag.replace_on(image, [])
    assert names(image) == []


def test_names_are_exact_and_shared(image: Image) -> None:
    other = bare_image(album_of("other"))
    db.session.flush()
    wanted = ["Roof", "roof", "ROOF", "a,b", "a\\b", "é", "e\u0301", "x" * 10_000, "新しい", "{{7*7}}", "'"]
    for tagged in (image, other):
        tag.put_on(tagged, wanted)
        assert names(tagged) == wanted
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Tag)) == len(wanted)


@pytest.mark.parametrize("bad", ["", "  ", "\n"])
def test_a_tag_needs_a_name(image: Image, bad: str) -> None:
    with pytest.raises(TagInvalid):
        tag.put_on(image, ["good", bad])


def test_what_cannot_be_stored_is_replaced_and_then_counts_as_one(image: Image) -> None:
    tag.put_on(image, ["a\0", "a\ud800", "a\ufffd"])
    assert names(image) == ["a\ufffd"]


def test_an_image_that_is_deleted_takes_its_taggings_along(image: Image) -> None:
    tag.put_on(image, ["a"])
    db.session.execute(sa.delete(Image).where(Image.number == image.number))
    assert db.session.scalars(sa.select(tag.Tagging)).all() == []


def test_names_of_no_images_are_none(context: None) -> None:
    assert tag.names_on([]) == {}
