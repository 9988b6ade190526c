"""The doors that answer pages and pictures."""

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from gallery.models import user
from gallery.web import (
    albums,
    assets,
    delivery,
    errors,
    headers,
    images,
    layout,
    limits,
    maps,
    session_cookie,
    sessions,
    urls,
)

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Register the pages, and what every answer passes through."""
    login = LoginManager(app)
    login.login_view = "sessions.new"
    login.user_loader(user.from_session)
    csrf.init_app(app)
    urls.init_app(app)
    session_cookie.init_app(app)
    limits.limiter.init_app(app)
    headers.init_app(app)
    assets.init_app(app)
    layout.init_app(app)
    errors.init_app(app)
    for resource in (albums, delivery, images, maps, sessions):
        app.register_blueprint(resource.blueprint)
