"""The doors that answer pages and pictures."""

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from gallery import api, throttle
from gallery.models import user
from gallery.web import (
    albums,
    api_docs,
    assets,
    delivery,
    errors,
    headers,
    images,
    layout,
    maps,
    session_cookie,
    sessions,
    share_files,
    share_pages,
    shares,
    tokens,
    urls,
    webhooks,
)

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Register the pages, and what every answer passes through."""
    login = LoginManager(app)
    login.login_view = "sessions.new"
    login.user_loader(user.from_session)
    headers.init_app(app)  # first: a refusal is a page, too
    csrf.init_app(app)
    for resource in api.CONTRACT:
        csrf.exempt(resource.blueprint)  # called with a token, which no browser sends by itself
    urls.init_app(app)
    session_cookie.init_app(app)
    throttle.init_app(app)
    assets.init_app(app)
    layout.init_app(app)
    errors.init_app(app)
    for resource in (albums, api_docs, delivery, images, maps, sessions, tokens, webhooks):
        app.register_blueprint(resource.blueprint)
    for resource in (shares, share_pages, share_files):
        app.register_blueprint(resource.blueprint)
