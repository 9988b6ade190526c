"""What lets a phone keep the gallery as an app: its description, and what is shown without a network."""

from flask import Blueprint, Response, jsonify, render_template, url_for

from gallery.web.assets import static_url, styles_url
from gallery.web.layout import PRODUCT

blueprint = Blueprint("application", __name__)
PAPER, ACCENT = "#f6f3ec", "#17594a"
ICONS = (
    ("icons/mark.svg", "any", "image/svg+xml", "any"),
    ("icons/app-192.png", "192x192", "image/png", "any"),
    ("icons/app-512.png", "512x512", "image/png", "any"),
    ("icons/app-512.png", "512x512", "image/png", "maskable"),
)
"""Path, sizes, type and purpose of each."""


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The description (W3C, Web Application Manifest)."""
    response = jsonify(
        name=PRODUCT,
        short_name=PRODUCT,
        description="A gallery for photographs that have to be believed",
        id="/",
        start_url=url_for("albums.index"),
        display="standalone",
        background_color=PAPER,
        theme_color=ACCENT,
        icons=[
            {"src": static_url(path), "sizes": sizes, "type": type_, "purpose": purpose}
            for path, sizes, type_, purpose in ICONS
        ],
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/offline")
def offline() -> str:
    """What stands for a page that the network does not bring."""
    return render_template("application/offline.html")


@blueprint.get("/service-worker.js")
def service_worker() -> Response:
    """The script that keeps the offline page; it is asked for anew every time, and small."""
    kept = [url_for("application.offline"), styles_url(), static_url("icons/mark.svg")]
    text = render_template("application/service_worker.js", kept=kept, name=f"offline {styles_url()}")
    response = Response(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
