"""The doors that answer JSON."""

from flask import Blueprint, Flask

from gallery.api import clusters, errors, headers, image_syncs

CONTRACT = (image_syncs,)
"""The resources of the sync contract: called with a token, answered with its headers."""


def init_app(app: Flask) -> None:
    """Register the API's blueprints."""
    for resource in CONTRACT:
        blueprint: Blueprint = resource.blueprint
        blueprint.before_request(headers.begin)
        blueprint.after_request(headers.add)
        errors.answer_in_json(blueprint)
        app.register_blueprint(blueprint)
    errors.answer_in_json(clusters.blueprint)
    app.register_blueprint(clusters.blueprint)
