"""`/api/docs`: the API explained to people."""

from flask import Blueprint, current_app, render_template

from gallery.api.openapi import document
from gallery.present import api_codes, api_guide

blueprint = Blueprint("api_docs", __name__, url_prefix="/api/docs")


@blueprint.get("")
def show() -> str:
    """Guides, every operation, every schema, every code; nothing of it comes from another server."""
    described = document(current_app)
    return render_template(
        "api_docs/show.html",
        guides=api_guide.guides(),
        resources=api_guide.entries(described),
        schemas=api_guide.schemas(described),
        codes=api_codes.codes(),
    )
