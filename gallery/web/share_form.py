"""The form that a share is made with."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from gallery.location.precision import Precision
from gallery.models.share import LONGEST_NAME

USUAL_LIFETIME = timedelta(days=30)
PLACES = [
    SelectChoice(Precision.NONE.value, "Not at all: no map, no positions"),
    SelectChoice(Precision.KM_10.value, "To about 10 km"),
    SelectChoice(Precision.KM_1.value, "To about 1 km"),
    SelectChoice(Precision.EXACT.value, "Exactly, with everything that the file says"),
]


def usual_end() -> date:
    """The day that is offered."""
    return (datetime.now(UTC) + USUAL_LIFETIME).date()


class ShareForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What the link gives, and until when."""

    name = StringField(
        "Name",
        [
            InputRequired("Give the share a name. Whoever opens the link reads it."),
            Length(max=LONGEST_NAME, message=f"The name may have {LONGEST_NAME} characters."),
        ],
    )
    precision = RadioField("Where the pictures were taken", choices=PLACES, default=Precision.KM_1.value)
    gives_originals = BooleanField("Originals can be downloaded")
    expires_on = DateField(
        "Good until the end of",
        [Optional()],
        format="%Y-%m-%d",
        default=usual_end,
    )
    password = PasswordField("Password", [Length(max=1000, message="It may have 1,000 characters.")])

    def expires_at(self, zone: ZoneInfo) -> datetime | None:
        """The end of that day in the gallery's zone; None: never."""
        day: date | None = self.expires_on.data
        return None if day is None else datetime.combine(day, time(23, 59, 59), zone)


class UnlockForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What a visitor types."""

    password = PasswordField("Password", [InputRequired("Type the password."), Length(max=1000)])
