"""Content credentials on the page of an image."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery.config import Settings, load_settings
from gallery.db import db
from gallery.editing.duplication import duplicate
from gallery.errors import SettingInvalid
from gallery.models.content_credentials import ContentCredentials
from gallery.models.image import Image
from tests.engines import both_engines
from tests.signing import picture, signed, without_place

Make = Callable[..., Image]


@both_engines
def test_processing_keeps_what_is_signed_and_the_page_says_it(
    app: Flask, visitor: FlaskClient, make_image: Make
) -> None:
    image = make_image(signed(picture()), process=True)
    page = visitor.get(f"/images/{image.id}").text
    assert "Unchanged since it was signed as Field camera 7" in page
    assert "Fieldphone 7" in page
    assert "Unchanged since it was signed as Field camera 7" in visitor.get(f"/review/{image.id}").text
    with app.app_context():
        row = db.session.scalars(sa.select(ContentCredentials)).one()
        assert (row.image_number, row.actions, row.signed_at) == (image.number, ["c2pa.created"], None)


def test_what_lost_its_place_and_what_has_no_credentials_are_no_failures(
    visitor: FlaskClient, make_image: Make
) -> None:
    redacted = make_image(without_place(signed(picture())), process=True)
    assert "phones take the place out" in visitor.get(f"/images/{redacted.id}").text
    plain = make_image(process=True)
    assert "No content credentials are known" in visitor.get(f"/images/{plain.id}").text


def test_a_duplicate_has_the_credentials_of_its_file(
    app: Flask, settings: Settings, make_image: Make
) -> None:
    number = make_image(signed(picture()), process=True).number
    with app.app_context():
        image = db.session.get_one(Image, number)
        duplicate(image, image.album, {}, settings)
        db.session.commit()
        states = db.session.scalars(sa.select(ContentCredentials.signer)).all()
    assert states == ["Field camera 7"] * 2


def test_anchors_that_are_no_certificates_stop_the_start(tmp_path: object) -> None:
    for value in ("/nowhere.pem", __file__):
        with pytest.raises(SettingInvalid, match="GALLERY_CREDENTIAL_ANCHORS"):
            load_settings({"GALLERY_INSTANCE": str(tmp_path), "GALLERY_CREDENTIAL_ANCHORS": value})
