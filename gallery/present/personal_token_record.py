"""A personal token as programs read it: everything but the token."""

from typing import Annotated

import msgspec

from gallery.config import Settings
from gallery.models.personal_token import PersonalToken
from gallery.present.sync_document import timestamp


class PersonalTokenRecord(msgspec.Struct):
    """A personal token."""

    id: str
    name: str
    prefix: Annotated[str, msgspec.Meta(description="Its first letters, to know it by.")]
    scopes: Annotated[list[str], msgspec.Meta(description="Of `read`, `write` and `review`.")]
    album_ids: Annotated[list[str] | None, msgspec.Meta(description="null: every album of its owner.")]
    created_at: str
    last_used_at: Annotated[str | None, msgspec.Meta(description="To the minute; null: never.")]
    expires_at: Annotated[str | None, msgspec.Meta(description="null: never.")]


def personal_token_record(
    token: PersonalToken, album_ids: list[str], settings: Settings
) -> PersonalTokenRecord:
    """The record of one token, with the albums that it was made for."""
    zone = settings.time_zone
    return PersonalTokenRecord(
        id=token.id,
        name=token.name,
        prefix=token.shown,
        scopes=token.scopes.split(),
        album_ids=None if token.is_everywhere else album_ids,
        created_at=timestamp(token.created_at, zone),
        last_used_at=None if token.last_used_at is None else timestamp(token.last_used_at, zone),
        expires_at=None if token.expires_at is None else timestamp(token.expires_at, zone),
    )
