"""The form that a personal token is made with."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from gallery.db import db
from gallery.models.album import Album, visible_albums
from gallery.models.personal_token import LONGEST_NAME, Scope, TokenInvalid
from gallery.models.text import digest, storable
from gallery.models.user import User

MOST_LISTED = 100
"""Who has more albums names them by id."""
USUAL_LIFETIME = timedelta(days=90)
WHAT_IT_MAY = [
    SelectChoice(Scope.READ.value, "Read: albums, images and their records"),
    SelectChoice(Scope.WRITE.value, "Write: upload, change, move and delete"),
    SelectChoice(Scope.REVIEW.value, "Review: decide which position is believed"),
]


LAST_YEAR = 9_000


def usual_end() -> date:
    """The day that is offered."""
    return (datetime.now(UTC) + USUAL_LIFETIME).date()


class TokenForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What the token is for."""

    name = StringField(
        "Name",
        [
            InputRequired("Give the token a name, so that you know it again."),
            Length(max=LONGEST_NAME, message=f"The name may have {LONGEST_NAME} characters."),
        ],
    )
    scopes = SelectMultipleField(
        "It may", [InputRequired("Choose at least one thing that it may do.")], choices=WHAT_IT_MAY
    )
    reach = RadioField(
        "Albums",
        choices=[SelectChoice("all", "All that I see, now and later"), SelectChoice("chosen", "Only these")],
        default="all",
    )
    albums = SelectMultipleField("Chosen albums", validate_choice=False)
    more_albums = TextAreaField("Ids of albums, one a line", [Length(max=20_000)])
    expires_on = DateField(
        "Good until the end of",
        [Optional()],
        format="%Y-%m-%d",
        default=usual_end,
    )

    def chosen(self, user: User) -> list[Album] | None:
        """The albums; None: all. Raises TokenInvalid for one that the person does not see."""
        if self.reach.data != "chosen":
            return None
        by_id = filter(None, map(str.strip, (self.more_albums.data or "").splitlines()))
        digests = {
            *map(storable, self.albums.data or ()),
            *(digest(storable(known_as)) for known_as in by_id),
        }
        found = list(db.session.scalars(visible_albums(user).where(Album.id_digest.in_(digests))))
        if len(found) < len(digests):
            raise TokenInvalid("You do not see all of these albums. Choose them again.")
        return found

    def expires_at(self, zone: ZoneInfo) -> datetime | None:
        """The end of that day in the gallery's zone; None: never. Raises TokenInvalid."""
        if self.expires_on.data is None:
            return None
        if self.expires_on.data.year > LAST_YEAR:
            raise TokenInvalid("That day is too far off. Choose an earlier one, or none.")
        return datetime.combine(self.expires_on.data, time(23, 59, 59), zone)
