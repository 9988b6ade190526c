"""A person's tokens as their page lists them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gallery.language import gettext as _
from gallery.models.personal_token import PersonalToken
from gallery.present import words

NAMED = 3


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token."""

    id: str
    name: str
    shown: str
    scopes: str
    albums: list[str] | None
    """The first names; None: all."""
    further_albums: int
    created: str
    used: str
    ends: str
    is_over: bool


def token_rows(
    tokens: Iterable[PersonalToken], albums: Mapping[int, Sequence[str]], zone: ZoneInfo
) -> list[TokenRow]:
    """The rows; `albums` are names by number of the token."""
    now = datetime.now(UTC)
    return [_row(token, albums.get(token.number, ()), zone, now) for token in tokens]


def _row(token: PersonalToken, albums: Sequence[str], zone: ZoneInfo, now: datetime) -> TokenRow:
    is_over = token.expires_at is not None and token.expires_at <= now
    return TokenRow(
        id=token.id,
        name=token.name,
        shown=token.shown,
        scopes=", ".join(token.scopes.split()),
        albums=None if token.is_everywhere else list(albums[:NAMED]),
        further_albums=max(len(albums) - NAMED, 0),
        created=words.day(token.created_at.astimezone(zone)),
        used="never" if token.last_used_at is None else _minute(token.last_used_at.astimezone(zone)),
        ends=_("never") if token.expires_at is None else words.day(token.expires_at.astimezone(zone)),
        is_over=is_over,
    )


def _minute(moment: datetime) -> str:
    return words.minute(moment)
