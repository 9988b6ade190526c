"""The form that a webhook is made and changed with."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from gallery.language import later
from gallery.models.event import Event
from gallery.models.webhook import Webhook

WORDS = {
    Event.NEW_IMAGE: later("An image came"),
    Event.PROCESSED_IMAGE: later("An image was processed, or could not be"),
    Event.UPDATED_IMAGE: later("An image was changed or moved"),
    Event.DELETE_IMAGE: later("An image was deleted"),
    Event.NEW_TAG_IMAGE: later("A tag was put on an image"),
    Event.DELETE_TAG_IMAGE: later("A tag was taken off an image"),
    Event.UPLOAD_DONE: later("All that somebody brought to an album is processed"),
    Event.VERDICT: later("A reviewer decided about an image, or took that back"),
}


class WebhookForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Where messages go, and which."""

    url = StringField("Address", [InputRequired("Type the address that messages go to."), Length(max=2_000)])
    events = SelectMultipleField(
        "Tell of",
        [InputRequired("Choose at least one thing to tell of.")],
        choices=[SelectChoice(event.value, words) for event, words in WORDS.items()],
    )
    albums = TextAreaField("Ids of albums, one a line (empty: all that you see)", [Length(max=100_000)])
    is_active = BooleanField("Send messages", default=True)

    @property
    def album_ids(self) -> list[str] | None:
        """The albums chosen; None: all."""
        return [text for line in (self.albums.data or "").splitlines() if (text := line.strip())] or None

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookForm":
        """The form as the webhook is now."""
        return cls(
            url=webhook.url,
            events=webhook.events,
            albums="\n".join(webhook.album_ids or ()),
            is_active=webhook.is_active,
        )
