"""The other server, asked over HTTP."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

import httpx

from gallery.errors import GalleryError

TRIES = 5
TIMEOUT_S = 60
LONGEST_PAUSE_S = 60
PAGE = 200
MOST_BYTES = 256 * 1024**2
"""Of one page."""
_PASSING = {HTTPStatus.TOO_MANY_REQUESTS, 502, 503, 504}


class RemoteFailed(GalleryError):
    """The other server cannot be reached, or does not answer as the contract says."""

    code = "remote_failed"
    status = 502


class CursorGone(Exception):
    """The other server does not know any more what has changed since the cursor."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of its change feed."""

    upserted: list[Any]
    deleted: list[str]
    """Ids."""
    positions: dict[str, int]
    """Of the images that somebody put in a place of their own."""
    cursor: str
    has_more: bool


class Remote:
    """Holds the connection and the token, which every answer renews."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._client = httpx.Client(timeout=TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def changes(self, cursor: str, wait_s: int = 0) -> Page | None:
        """The changes after the cursor; None: this server has no feed. Raises CursorGone or RemoteFailed."""
        query = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        query |= {"wait": str(wait_s)} if wait_s else {}
        answer = self._call("GET", "/api/v1/image_syncs/changes", params=query)
        if answer.status_code == HTTPStatus.GONE:
            raise CursorGone
        if answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            return None
        page = self._json(answer)
        if not isinstance(page, dict) or "upserted" not in page:
            return None
        try:
            return Page(
                upserted=list(page["upserted"]),
                deleted=[str(gone["id"]) for gone in page["deleted"]],
                positions={
                    str(image_id): int(place) for image_id, place in page.get("positions", {}).items()
                },
                cursor=str(page["cursor"]),
                has_more=bool(page["has_more"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise RemoteFailed(f"{self.url} answers a page of changes that cannot be read.") from None

    def records(self, image_ids: Sequence[str]) -> list[Any]:
        """The records of these images (1,000 at most) but for those that are gone. Raises RemoteFailed."""
        found = self._json(self._call("POST", "/api/v1/image_syncs", json={"ids": list(image_ids)}))
        if not isinstance(found, list):
            raise RemoteFailed(f"{self.url} does not answer a list of records.")
        return found

    def whole_list(self, file: BinaryIO) -> None:
        """Write the whole array of records into the file. Raises RemoteFailed."""
        with self._naming_trouble(), self._stream("GET", f"{self.url}/api/v1/image_syncs") as answer:
            self._require_good(answer)
            for block in answer.iter_bytes():
                file.write(block)

    def fetch(self, address: str, file: BinaryIO, most_bytes: int) -> None:
        """Write what an address leads to, such as an original, into the file. Raises RemoteFailed."""
        client = self._client
        with self._naming_trouble(), client.stream("GET", address, follow_redirects=True) as answer:
            if answer.status_code != HTTPStatus.OK:
                reason = answer.headers.get("X-Cld-Error") or answer.reason_phrase
                raise RemoteFailed(f"its original cannot be fetched: {answer.status_code} {reason}.")
            for block in answer.iter_bytes():
                if file.tell() + len(block) > most_bytes:
                    raise RemoteFailed(f"its original has more than the {most_bytes:,} bytes that are taken.")
                file.write(block)

    def _call(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Try again what may pass, with growing pauses."""
        for number in range(TRIES):
            is_last = number == TRIES - 1
            try:
                with self._naming_trouble():
                    answer = self._client.request(method, self.url + path, headers=self._headers(), **more)
            except RemoteFailed:
                if is_last:
                    raise
                time.sleep(2**number)
                continue
            if answer.status_code not in _PASSING or is_last:
                self._take_token(answer)
                return answer
            time.sleep(_pause_s(answer, 2**number))
        raise AssertionError("the last try returns or raises")

    def _stream(self, method: str, address: str) -> Any:
        return self._client.stream(method, address, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f'Token token="{self._token}"'}

    def _take_token(self, answer: httpx.Response) -> None:
        self._token = answer.headers.get("X-token", self._token)

    def _json(self, answer: httpx.Response) -> Any:
        self._require_good(answer)
        if len(answer.content) > MOST_BYTES:
            raise RemoteFailed(f"{self.url} answers more than can be taken at once.")
        try:
            return json.loads(answer.content, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise RemoteFailed(f"{self.url} does not answer JSON.") from None

    def _require_good(self, answer: httpx.Response) -> None:
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            raise RemoteFailed(
                f"{self.url} does not accept the token. It may be over; issue a new one there."
            )
        if answer.status_code != HTTPStatus.OK:
            raise RemoteFailed(f"{self.url} answers {answer.status_code} {answer.reason_phrase}.")

    @contextmanager
    def _naming_trouble(self) -> Iterator[None]:
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteFailed(f"{self.url} cannot be reached: {error or type(error).__name__}.") from error


def _pause_s(answer: httpx.Response, otherwise_s: int) -> int:
    said = answer.headers.get("Retry-After", "")
    return min(int(said), LONGEST_PAUSE_S) if cast(str, said).isdecimal() else otherwise_s


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
