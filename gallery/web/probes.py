"""What a supervisor or a load balancer asks, without an account: whether this server lives, and can serve."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from gallery import current
from gallery.belonging import is_own_store
from gallery.jobs import QUEUE_TROUBLE, queue_of

blueprint = Blueprint("probes", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Alive: nothing else is looked at, so that a database that is away has no server started again."""
    return _unkept(jsonify(alive=True))


@blueprint.get("/readyz")
def readiness() -> tuple[Response, HTTPStatus]:
    """Whether database, storage and queue answer, each by name; 503 when one of them does not."""
    found = readiness_found()
    status = HTTPStatus.OK if all(found.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return _unkept(jsonify(found)), status


def readiness_found() -> dict[str, bool]:
    """By name of a part whether it answers."""
    return {**_database_and_storage(), "queue": _does_queue_answer()}


def _database_and_storage() -> dict[str, bool]:
    """Whose the storage is, only the database knows."""
    try:
        return {"database": True, "storage": is_own_store(current.settings())}
    except OSError:
        return {"database": True, "storage": False}
    except SQLAlchemyError:
        return {"database": False, "storage": False}


def _does_queue_answer() -> bool:
    try:
        queue_of(current_app).huey.pending_count()
    except QUEUE_TROUBLE:
        return False
    return True


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
