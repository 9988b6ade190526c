"""The contract's document, asked of the real server byte by byte."""

import json
import re
from typing import Any

import pytest

from tests.contract.conftest import Site
from tests.engines import both_engines

pytestmark = both_engines

SIGNATURES = re.compile(
    rb"s--([\w-]{8})--/|\?s=([0-9a-f]{7})\\u0026|/(?:mini|thumbnail|full)-([0-9a-f]{11})\.jpg"
)
FIXED_HEADERS = {
    "Cache-Control": "no-cache, no-store",
    "Pragma": "no-cache",
    "Expires": "Fri, 01 Jan 1990 00:00:00 GMT",
    "Content-Type": "application/json; charset=utf-8",
    "Vary": "Accept-Encoding",
    "P3P": 'CP="NOI ADM DEV PSAi COM NAV OUR OTRo STP IND DEM"',
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-XSS-Protection": "1; mode=block",
    "X-Download-Options": "noopen",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "origin-when-cross-origin, strict-origin-when-cross-origin",
    "Content-Length": "11775",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def unsigned(body: bytes) -> bytes:
    """The body with each signature's characters struck out one by one, so that lengths still count."""
    return SIGNATURES.sub(lambda m: re.sub(rb"[\w-]", b"#", m[0]), body)


def test_the_answer_is_the_document_but_for_the_signatures(
    site: Site, document_query: str, body: bytes
) -> None:
    answer = site.sync(document_query)
    assert answer.status == 200
    assert len(answer.body) == 11_775
    assert len(SIGNATURES.findall(body)) == 4 * (1 + 2 + 6 + 5)
    assert answer.body != body
    assert unsigned(answer.body) == unsigned(body)


def test_the_answer_carries_the_documents_headers(site: Site, document_query: str) -> None:
    answer = site.sync(document_query)
    sent = {name.lower(): value for name, value in answer.headers}
    assert {name: sent.get(name.lower()) for name in FIXED_HEADERS} == FIXED_HEADERS
    assert re.fullmatch(r"\d+\.\d{6}", sent["x-runtime"])
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", sent["x-request-id"])
    assert sent["x-token"].count(".") == 2


def test_nothing_else_is_sent(site: Site, document_query: str) -> None:
    names = {name.lower() for name, _ in site.sync(document_query).headers}
    known = {name.lower() for name in FIXED_HEADERS} | {"x-runtime", "x-request-id", "x-token"}
    assert names - known <= {"date", "server", "connection"}


def test_a_callers_request_id_is_kept_and_cleaned(site: Site, document_query: str) -> None:
    answer = site.sync(document_query, **{"X-Request-Id": "order-66_a;<b>" + "x" * 300})
    assert answer.header("X-Request-Id") == ("order-66_ab" + "x" * 300)[:255]


def test_the_order_is_that_of_creation_and_not_of_the_ids(site: Site, payload: list[dict[str, Any]]) -> None:
    ids = [record["id"] for record in payload]
    assert ids != sorted(ids)
    backwards = "?" + "&".join(f"ids[]={image_id}" for image_id in reversed(ids))
    assert [record["id"] for record in json.loads(site.sync(backwards).body)] == ids


def test_without_ids_every_image_comes_in_the_same_bytes(site: Site, document_query: str) -> None:
    assert site.sync().body == site.sync(document_query).body


@pytest.mark.parametrize(
    "form",
    [
        "?ids={0},{1}",
        "?ids={0}&ids={1}",
        "?ids[]={0}&ids[]={1}",
        "?ids%5B%5D={0}&ids%5B%5D={1}",
        "?ids[]={0},{1}",
        "?ids[]={0}&ids={1}&page=9",
        "?ids={1},{0},{0}&ids={1}",
        "?ids={0},{1},00000000-0000-4000-8000-000000000000",
        "?ids={0},,%20,nonsense,%00,{1},';DROP TABLE image;--".replace(" ", "%20"),
        "?ids=%20{0}%20,{1}",
    ],
)
def test_every_form_of_the_ids_means_the_same(site: Site, payload: list[dict[str, Any]], form: str) -> None:
    first, second = payload[0]["id"], payload[1]["id"]
    answer = site.sync(form.format(first, second))
    assert answer.status == 200
    assert [record["id"] for record in json.loads(answer.body)] == [first, second]


@pytest.mark.parametrize("query", ["?ids=", "?ids[]=", "?ids=nonsense"])
def test_no_good_id_is_an_empty_list_and_not_everything(site: Site, query: str) -> None:
    answer = site.sync(query)
    assert (answer.status, answer.body) == (200, b"[]")


def post(site: Site, body: bytes, content_type: str = "application/json") -> Any:
    headers = {"Authorization": f"Token token={site.token}", "Content-Type": content_type}
    return site.server.request("/api/v1/image_syncs", "POST", headers, body)


def test_a_posted_list_answers_the_same(
    site: Site, document_query: str, payload: list[dict[str, Any]]
) -> None:
    ids = [record["id"] for record in payload]
    wanted = site.sync(document_query).body
    assert post(site, json.dumps({"ids": ids}).encode()).body == wanted
    assert post(site, json.dumps({"ids": [*ids, 5, None, ids[0], "x"]}).encode(), "text/plain").body == wanted
    assert post(site, b"{}").body == wanted


@pytest.mark.parametrize("sent", [b"", b"[]", b"null", b"{", b'{"ids":"a"}', b'{"ids":{}}', b"\xff"])
def test_a_posted_body_that_is_no_list_of_ids_is_refused_in_words(site: Site, sent: bytes) -> None:
    answer = post(site, sent)
    assert answer.status == 400
    assert json.loads(answer.body)["code"] == "bad_ids"


def test_more_than_a_thousand_ids_are_refused(site: Site, payload: list[dict[str, Any]]) -> None:
    ids = [payload[0]["id"], *(f"00000000-0000-4000-8000-{n:012}" for n in range(999))]
    assert len(json.loads(post(site, json.dumps({"ids": ids}).encode()).body)) == 1
    answer = post(site, json.dumps({"ids": [*ids, "x"]}).encode())
    assert answer.status == 400
    assert "1,000" in json.loads(answer.body)["detail"]
