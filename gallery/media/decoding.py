"""The child's side: answers one request after another, each a function on a file, until the pipe closes."""

import pickle
import signal
import traceback
from multiprocessing.connection import Connection
from typing import Any

from gallery.errors import GalleryError, TooLarge
from gallery.media.confinement import TOO_MUCH_MEMORY, Limits, confine

_GRACE_S = 5
"""How much later than its parent would the child ends itself, lest it outlive a parent that is gone."""


def answer_requests(pipe: int, timeout_s: int, memory_bytes: int) -> None:
    """Confine this process, then serve the requests that arrive at the file descriptor."""
    confine(Limits(timeout_s, memory_bytes))
    channel = Connection(pipe)
    while True:
        try:
            request = channel.recv_bytes()
        except EOFError:
            return
        signal.alarm(timeout_s + _GRACE_S)
        channel.send_bytes(_answer(request))
        signal.alarm(0)


def _answer(request: bytes) -> bytes:
    """Pickled: (the error, or a traceback where it is none of ours, or None; the value)."""
    function, arguments, named = pickle.loads(request)  # noqa: S301  # our own parent's words
    answer: tuple[Exception | str | None, Any]
    try:
        return pickle.dumps((None, function(*arguments, **named)))
    except (GalleryError, FileNotFoundError) as error:
        answer = error, None
    except MemoryError:
        answer = TooLarge(TOO_MUCH_MEMORY), None
    except Exception:  # noqa: BLE001  # the next file must be served, and the parent logs it
        answer = traceback.format_exc(), None
    return pickle.dumps(answer)
