"""What was done, and by whom: everything for admins, and of one image for those who see it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, require, require_admin
from gallery.db import db
from gallery.models.audit import Deed, head
from gallery.models.image import find_image
from gallery.models.text import storable
from gallery.present.audit.deed_words import sentence
from gallery.present.audit.page import AuditFilter, audit_page
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("audits", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/audit")
def index() -> ResponseReturnValue:
    """The chain, for admins."""
    from gallery.evidence.key import public_keys  # noqa: PLC0415  # loads public-key cryptography, 8 MB

    require_admin()
    wanted = AuditFilter.from_query(request.args)
    settings = current.settings()
    return render_template(
        "audit/index.html",
        page=audit_page(wanted, settings),
        wanted=wanted,
        deeds=Deed,
        said=sentence,
        head=head(db.session()),
        public_key=public_keys(settings)[0],
    )


@blueprint.get("/audit/head")
def show_head() -> ResponseReturnValue:
    """Number and hash of the last entry, to be kept elsewhere."""
    require_admin()
    found = head(db.session())
    return {"number": found.number, "hash": found.hash}, {"Cache-Control": "no-store"}


@blueprint.get("/images/<image_id>/history")
def show(image_id: str) -> ResponseReturnValue:
    """What was done to one image."""
    image = require(Action.SEE, find_image(storable(image_id)))
    wanted = AuditFilter.from_query({"image": image.id, "after": request.args.get("after", "")})
    page = audit_page(wanted, current.settings())
    return render_template("audit/history.html", page=page, image=image)
