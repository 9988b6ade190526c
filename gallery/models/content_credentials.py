"""What the content credentials in an image's file say; images whose file has none have no row."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.media.credentials import Credentials, CredentialState
from gallery.models.text import storable


class ContentCredentials(Model):
    """The summary that was kept when the file was read."""

    __tablename__ = "content_credentials"

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[CredentialState] = mapped_column(
        sa.Enum(
            CredentialState,
            native_enum=False,
            length=20,
            values_callable=lambda states: [state.value for state in states],
        )
    )
    signer: Mapped[str]
    issuer: Mapped[str]
    generator: Mapped[str]
    signed_at: Mapped[datetime | None]
    """None: no time stamp says when."""
    actions: Mapped[list[str]] = mapped_column(sa.JSON)
    ingredients: Mapped[list[str]] = mapped_column(sa.JSON)
    is_generated: Mapped[bool]
    failures: Mapped[list[str]] = mapped_column(sa.JSON)

    @property
    def summary(self) -> Credentials:
        """As it was read from the file."""
        return Credentials(
            state=self.state,
            signer=self.signer,
            issuer=self.issuer,
            generator=self.generator,
            signed_at=self.signed_at,
            actions=tuple(self.actions),
            ingredients=tuple(self.ingredients),
            is_generated=self.is_generated,
            failures=tuple(self.failures),
        )


def credentials_of(image_number: int) -> Credentials | None:
    """What is known; None: nothing."""
    row = db.session.get(ContentCredentials, image_number)
    return None if row is None else row.summary


def keep_credentials(image_number: int, found: Credentials | None) -> None:
    """Put them in the place of what was known, in the transaction under way; None: there are none."""
    db.session.execute(sa.delete(ContentCredentials).where(ContentCredentials.image_number == image_number))
    if found is None:
        return
    values = {
        "state": found.state,
        "signer": storable(found.signer),
        "issuer": storable(found.issuer),
        "generator": storable(found.generator),
        "signed_at": found.signed_at,
        "actions": list(map(storable, found.actions)),
        "ingredients": list(map(storable, found.ingredients)),
        "is_generated": found.is_generated,
        "failures": list(map(storable, found.failures)),
    }
    db.session.execute(sa.insert(ContentCredentials).values(image_number=image_number, **values))
