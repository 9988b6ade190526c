"""One message to another server, and what it says to it."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore

from gallery.outside.address import AddressRefused, Resolve, resolve
from gallery.outside.connection import Guarded

TOTAL_S = 15
STEP_S = 10
MOST_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Said:
    """What came back."""

    status: int | None
    """None: nothing did."""
    text: str
    """The beginning of the answer, or why there is none."""


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    allow_private: bool,
    resolver: Resolve = resolve,
    total_s: float = TOTAL_S,
) -> Said:
    """Send the body. Redirects are not followed, proxies of the environment are not used."""
    backend = Guarded(time.monotonic() + total_s, allow_private=allow_private, resolver=resolver)
    sent: list[tuple[bytes | str, bytes | str]] = [("Content-Length", str(len(body))), *headers.items()]
    timeout = {"connect": STEP_S, "read": STEP_S, "write": STEP_S, "pool": STEP_S}
    try:
        with (
            httpcore.ConnectionPool(ssl.create_default_context(), network_backend=backend) as pool,
            pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": timeout}) as answer,
        ):
            text = b""
            for block in answer.iter_stream():
                text += block
                if len(text) >= MOST_BYTES:
                    break
            return Said(answer.status, text[:MOST_BYTES].decode(errors="replace"))
    except AddressRefused as error:
        return Said(None, str(error))
    except httpcore.TimeoutException:
        return Said(None, f"There was no whole answer within {total_s:g} seconds.")
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        return Said(None, f"The server cannot be reached: {error or type(error).__name__}"[:300])
