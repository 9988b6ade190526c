"""`/metrics`: how the gallery does, in Prometheus' text format, for a supervisor."""

import hmac
import ipaddress

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import Forbidden

from gallery import current, throttle
from gallery.errors import NotFound
from gallery.language import later
from gallery.web.traffic import Traffic

blueprint = Blueprint("metrics", __name__)
_FORWARDED = ("X-Forwarded-For", "Forwarded", "Via")


def init_app(app: Flask) -> None:
    """Give the app what counts its answers."""
    app.extensions["traffic"] = Traffic()


@blueprint.get("/metrics")
def show() -> Response:
    """For whoever has the token of the settings; where those name none, for this machine."""
    from prometheus_client import CollectorRegistry, ProcessCollector  # noqa: PLC0415  # 3 MB, for supervisors alone
    from prometheus_client.exposition import choose_encoder  # noqa: PLC0415  # the same

    from gallery.web.gauges import Gallery  # noqa: PLC0415  # the same

    _require_supervisor()
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Gallery())
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry), content_type=content_type, headers={"Cache-Control": "no-store"})


def _require_supervisor() -> None:
    """Raises NotFound, Forbidden for a wrong token, and RateLimited."""
    token, given = current.settings().metrics_token, request.headers.get("Authorization", "")
    if not (token and given):
        if not token and _is_of_this_machine():
            return
        raise NotFound("There is nothing at this address, or it is not shared with you.")
    throttle.refuse_guesser(request.remote_addr)
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        throttle.count_guess(request.remote_addr)
        raise Forbidden(later("That is not the token of this gallery’s metrics."))


def _is_of_this_machine() -> bool:
    """And not of somebody for whom a reverse proxy on this machine asks."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
