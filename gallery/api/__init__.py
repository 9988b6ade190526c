"""The doors that answer JSON."""

from flask import Blueprint, Flask

from gallery.api import (
    album_images,
    albums,
    claims,
    clusters,
    duplicates,
    errors,
    headers,
    idempotency,
    image_changes,
    image_moves,
    image_syncs,
    images,
    locations,
    members,
    merges,
    openapi,
    processings,
    reviews,
    shares,
    tag_images,
    tags,
    tokens,
    trashed_images,
    unknown,
    uploads,
    webhook_deliveries,
    webhooks,
)

CONTRACT = (
    image_syncs,
    image_changes,
    albums,
    members,
    merges,
    album_images,
    images,
    claims,
    image_moves,
    locations,
    duplicates,
    trashed_images,
    tags,
    tag_images,
    uploads,
    processings,
    reviews,
    tokens,
    shares,
    webhooks,
    webhook_deliveries,
    openapi,
    unknown,
)
"""What programs call: answered with the contract's headers."""


def _equip(blueprint: Blueprint) -> None:
    """Give a resource of the contract the headers and errors of all."""
    blueprint.before_request(headers.begin)
    blueprint.after_request(headers.add)
    blueprint.before_request(idempotency.begin)
    blueprint.after_request(idempotency.end)
    errors.answer_in_json(blueprint)


for _resource in CONTRACT:
    _equip(_resource.blueprint)
errors.answer_in_json(clusters.blueprint)


def init_app(app: Flask) -> None:
    """Register the API's blueprints."""
    for resource in CONTRACT:
        app.register_blueprint(resource.blueprint)
    app.register_blueprint(clusters.blueprint)
