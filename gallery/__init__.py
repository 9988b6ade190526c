"""A gallery for photographs that have to be believed."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from gallery import api, cli, config, db, jobs, web
from gallery.api.front import Front
from gallery.cli.failure import settings_in_words
from gallery.web.traffic import Metered


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, its parts in the order in which they are put together."""
    settings = settings or settings_in_words()
    app = Flask(
        __name__, static_folder=str(config.ROOT / "static"), template_folder=str(config.ROOT / "templates")
    )
    app.config.from_mapping(
        GALLERY=settings,
        SECRET_KEY=settings.derived_key("session"),
        SECRET_KEY_FALLBACKS=settings.signing_keys("session")[:-1],
        WTF_CSRF_SECRET_KEY=settings.signing_keys("session"),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        SESSION_COOKIE_NAME="gallery_session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of Flask's default provider
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    db.init_app(app)
    jobs.init_app(app)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    app.wsgi_app = Metered(Front(app, settings), app.extensions["traffic"])  # type: ignore[method-assign]
    return app
