"""What belongs to the app that is running."""

from typing import cast

from flask import current_app

from gallery.config import Settings
from gallery.present.links import Links


def settings() -> Settings:
    """The settings that the app was started with."""
    return cast(Settings, current_app.config["GALLERY"])


def links() -> Links:
    """Makes every link to a picture."""
    return Links(settings())
