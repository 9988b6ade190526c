"""Pages by time, months and tables."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from gallery.present import grid
from tests.engines import both_engines

pytestmark = both_engines
Add = Callable[..., list[str]]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def taken(add_images: Add) -> list[str]:
    """Six images in the order in which they were taken; the last but one says nothing, and was added then."""
    placed = {
        hour: add_images("one", taken_at=NOON + timedelta(hours=hour))[0] for hour in (31, 0, 800, 1, 30)
    }
    (silent,) = add_images("one", created_at=NOON + timedelta(hours=40))
    return [placed[0], placed[1], placed[30], placed[31], silent, placed[800]]


def pages(client: FlaskClient, path: str) -> tuple[list[str], list[str]]:
    """Ids and headings of page after page."""
    ids: list[str] = []
    days: list[str] = []
    while path:
        page = client.get(path).text
        ids += re.findall(r'<a href="/images/([0-9a-f-]{36})', page)
        days += [day.replace("\xa0", " ") for day in re.findall(r'<li class="grid-day"><h3>(.*?)</h3>', page)]
        more = re.search(r'rel="next" data-hx-get="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""
    return ids, days


@pytest.mark.parametrize("size", [2, 200])
def test_images_stand_by_time_under_their_days(
    visitor: FlaskClient, taken: list[str], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(grid, "PAGE_SIZE", size)
    days = ["1 Mar 2026", "2 Mar 2026", "3 Mar 2026", "3 Apr 2026"]
    assert pages(visitor, "/albums/one?sort=taken") == (taken, days)
    assert pages(visitor, "/albums/one?sort=-taken") == (taken[::-1], days[::-1])
    assert pages(visitor, "/images?sort=-taken")[0] == taken[::-1]
    added = pages(visitor, "/albums/one?sort=added")[0]
    assert pages(visitor, "/albums/one?sort=-added")[0] == added[::-1]
    assert sorted(added) == sorted(taken)
    assert pages(visitor, "/albums/one")[1] == []


def test_neighbours_follow_the_order(visitor: FlaskClient, taken: list[str]) -> None:
    page = visitor.get(f"/images/{taken[4]}?sort=-taken").text
    found = re.findall(r'class="paging-(\w+)" href="/images/([0-9a-f-]+)\?sort=-taken', page)
    assert found == [("previous", taken[5]), ("next", taken[3])]


def test_months_lead_into_the_grid(visitor: FlaskClient, taken: list[str]) -> None:
    page = visitor.get("/albums/one/months?sort=added").text
    links = re.findall(
        r'<li><a href="([^"]+)" rel="nofollow"><span>(\w+)</span> <span class="soft">(\d+)', page
    )
    assert [(name, count) for _, name, count in links] == [("Mar", "5"), ("Apr", "1")]
    assert pages(visitor, links[0][0].replace("&amp;", "&"))[0] == taken[4::-1]
    assert visitor.get("/albums/nowhere/months").status_code == 404
    assert visitor.get("/images/months").status_code == 200


def test_a_table_says_more_of_the_same_images(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", 2, tags=("a, b", "c"), at=(48.0, 11.0), title="<Beam>")
    page = visitor.get("/albums/one?view=table").text
    assert page.count("<tr>") == 3
    assert "&lt;Beam&gt;" in page
    assert "<bdi>a, b</bdi>, <bdi>c</bdi>" in page
    assert 'href="/albums/one?tags=' in page, "the filter is there"
    assert "view=table" in re.search(r'class="chip[^>]+href="([^"]+)"', page)[1]  # type: ignore[index]  # or it fails


@pytest.mark.parametrize("query", ["sort=size", "sort=taken&after=x", "sort=taken&after=WzEsImEiXQ.x"])
def test_what_cannot_be_understood_is_said(visitor: FlaskClient, add_images: Add, query: str) -> None:
    add_images("one")
    answer = visitor.get(f"/albums/one?{query}")
    assert answer.status_code == 400
    assert "The address cannot be read" in answer.text
