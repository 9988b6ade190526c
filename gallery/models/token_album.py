"""The albums that a personal token was made for, where it is not good for all of its owner's."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model


class TokenAlbum(Model):
    """The token reaches this album, if its owner does."""

    __tablename__ = "personal_token_album"

    token_number: Mapped[int] = mapped_column(
        sa.ForeignKey("personal_token.number", ondelete="CASCADE"), primary_key=True
    )
    album_number: Mapped[int] = mapped_column(
        sa.ForeignKey("album.number", ondelete="CASCADE"), primary_key=True, index=True
    )


def reached(token_number: int) -> sa.Select[int]:
    """The numbers of those albums."""
    return sa.select(TokenAlbum.album_number).where(TokenAlbum.token_number == token_number)


def is_reached(
    token_number: "int | sa.BindParameter[int]", album_number: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    """Whether the album of this column is one of them, looked up row by row."""
    return sa.exists().where(TokenAlbum.token_number == token_number, TokenAlbum.album_number == album_number)
