"""The doors that answer pages and pictures."""

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from gallery import api, throttle
from gallery.models import user
from gallery.web import (
    accounts,
    agreeing_reviews,
    album_edits,
    album_order,
    album_places,
    albums,
    api_docs,
    application,
    assets,
    audits,
    batches,
    compiled_templates,
    compression,
    delivery,
    errors,
    evidence,
    exports,
    fragments,
    headers,
    image_edits,
    images,
    languages,
    layout,
    maps,
    metrics,
    probes,
    queue_files,
    reviews,
    saved_filters,
    scripts,
    session_cookie,
    sessions,
    share_files,
    share_pages,
    shares,
    tag_names,
    tokens,
    trash,
    upload_forms,
    urls,
    users,
    webhooks,
)

csrf = CSRFProtect()
PAGES = (
    *(
        accounts,
        agreeing_reviews,
        album_edits,
        album_order,
        album_places,
        albums,
        api_docs,
        application,
        assets,
        audits,
        batches,
        delivery,
        evidence,
        exports,
        image_edits,
        images,
        languages,
        maps,
    ),
    *(metrics, probes, queue_files, reviews),
    *(
        saved_filters,
        scripts,
        sessions,
        share_files,
        share_pages,
        shares,
        tag_names,
        tokens,
        trash,
        upload_forms,
    ),
    users,
    webhooks,
)


def init_app(app: Flask) -> None:
    """Register the pages, and what every answer passes through."""
    login = LoginManager(app)
    login.login_view = "sessions.new"
    login.user_loader(user.from_session)
    compression.init_app(app)  # what is done first to a request is done last to its answer
    headers.init_app(app)  # first: a refusal is a page, too
    csrf.init_app(app)
    for resource in api.CONTRACT:
        csrf.exempt(resource.blueprint)  # called with a token, which no browser sends by itself
    urls.init_app(app)
    languages.init_app(app)  # early: a refusal has its language, too
    compiled_templates.init_app(app)
    session_cookie.init_app(app)
    throttle.init_app(app)
    assets.init_app(app)
    scripts.init_app(app)
    layout.init_app(app)
    fragments.init_app(app)
    errors.init_app(app)
    metrics.init_app(app)
    for resource in PAGES:
        app.register_blueprint(resource.blueprint)
