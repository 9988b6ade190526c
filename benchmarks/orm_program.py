"""The peer: `image_syncs?ids=` as most would write it, from ORM objects with jsonify; no token is checked."""

from flask import Flask, Response, jsonify, request

from gallery.config import load_settings
from gallery.db import db
from gallery.models import tag
from gallery.models.image import Image
from gallery.present.links import Links
from gallery.present.sync_document import sync_record

settings = load_settings()
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
app.json.sort_keys = False  # type: ignore[attr-defined]  # of Flask's default provider
db.init_app(app)


@app.get("/api/v1/image_syncs")
def index() -> Response:
    """The records of `ids`."""
    images = db.session.scalars(
        db.select(Image)
        .where(Image.id.in_(request.args["ids"].split(",")))
        .order_by(Image.position, Image.created_at, Image.id)
    ).all()
    names = tag.names_on([image.number for image in images])
    links = Links(settings)
    return jsonify([sync_record(image, names[image.number], links, settings.time_zone) for image in images])
