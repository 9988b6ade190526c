"""Words that images are found by: the same on both engines, whatever somebody types."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.config import Settings
from gallery.db import db
from gallery.models import image_words, tag
from gallery.models.album import Album
from gallery.models.document import Site
from gallery.models.image import Image
from gallery.models.search_text import MOST_WORDS, words_asked, words_of
from gallery.models.text import storable
from gallery.present.sync_document import write_documents
from tests.engines import both_engines

pytestmark = both_engines
Add = Callable[..., Image]


@pytest.fixture
def recorded(add_row: Add, settings: Settings) -> Add:
    """Add an image with its document."""

    def add(*where: Album, **more: object) -> Image:
        image = add_row(*where, **more)
        write_documents([image], settings)
        return image

    return add


def found(text: str) -> list[str]:
    """File names."""
    query = sa.select(Image.filename).where(image_words.found_by(text)).order_by(Image.number)
    return list(db.session.scalars(query))


def test_all_words_must_stand_somewhere_and_the_last_may_be_begun(album: Album, recorded: Add) -> None:
    camera = {"Make": "Northlight", "Model": "Fieldphone 7", "Software": "unsaid"}
    recorded(album, filename="IMG2034", title="Façade sur rue", tags=["Œuvre d'art"], exifs=camera)
    recorded(album, filename="b", description="The FACADE of the Straße, 北京駅 at night", tags=["Ångström"])
    cases = {
        "facade": ["IMG2034", "b"], "FAÇADE": ["IMG2034", "b"], "faca": ["IMG2034", "b"], "cade": [],
        "sur facade": ["IMG2034"], "faca sur": [], "facade oeuv": ["IMG2034"], "northlight f": ["IMG2034"],
        "img": ["IMG2034"], "2034": ["IMG2034"], "unsaid": [], "strasse": ["b"], "angstrom": ["b"],
        "京駅": ["b"], "night the": ["b"], "!!!": [], '"': [],
    }  # fmt: skip
    for text, names in cases.items():
        assert found(text) == names, text


def test_words_follow_every_change(album: Album, recorded: Add, settings: Settings) -> None:
    image = recorded(album, filename="a", title="old")
    image.title = "new"
    tag.put_on(image, ["fresh"])
    write_documents([image], settings)
    assert (found("old"), found("new fresh")) == ([], ["a"])
    number = image.number
    db.session.execute(sa.delete(Image).where(Image.number == number))
    words = sa.text("SELECT count(*) FROM image_words")
    assert db.session.scalar(words) == 0


def test_images_from_before_are_found_after_the_next_start(album: Album, add_row: Add) -> None:
    add_row(album, filename="a", title="from before", tags=["old"])
    db.session.execute(sa.update(Site).values(word_recipe=""))
    db.session.commit()
    assert found("before") == []
    assert (image_words.fill(), image_words.fill()) == (1, 0)
    assert found("old before") == ["a"]


SYNTAX = (
    r"""" OR 1|words:x|NEAR(a b)|a AND NOT b|*|-a|^a|{a b}: c|:*|!a <-> b|\|(((|%_|'); DROP|a' b|""".split(
        "|"
    )
)
LONG_OR_BROKEN = ("\x00", "a\x00b", "\ud800", "\u202e", "a" * 10_000, "a " * 5_000)
HOSTILE = st.one_of(st.text(max_size=40), st.sampled_from((*SYNTAX, *LONG_OR_BROKEN)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_no_text_is_an_error_and_every_stored_word_is_found(album: Album, recorded: Add, text: str) -> None:
    with db.session.begin_nested() as savepoint:
        recorded(album, filename="a", description=storable(text))
        assert found(text) == (["a"] if words_asked(text) else [])
        savepoint.rollback()


def test_what_is_kept_of_a_text_has_bounds(engine: str) -> None:
    words = words_of(" ".join(f"w{number}" for number in range(3 * MOST_WORDS)), "x" * 1_000)
    assert len(words) <= MOST_WORDS
    assert max(map(len, words)) < 100
