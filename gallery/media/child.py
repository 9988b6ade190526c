"""Decoding in child processes with limits, so that a malicious file costs its child and nobody else."""

import atexit
import logging
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from gallery.errors import Busy, CorruptFile
from gallery.media.answer import unpickled
from gallery.media.child_process import BROKE, Child
from gallery.media.confinement import Limits

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


def in_child(limits: Limits, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """`function(*arguments)`, of a module in `gallery.media`, run in a child; the file comes first.

    Raises what the function raises of `GalleryError` and `FileNotFoundError`; `TooLarge` past the limits,
    `CorruptFile` where the child died or the function failed in another way, which are logged with the file;
    and `Busy` where no child was free for as long as a picture may take.
    """
    with _child(limits) as child:
        try:
            raised, answer = unpickled(child.ask(pickle.dumps((function, arguments, named))))
        except (EOFError, OSError) as error:
            log.error("%s of %s: the child %s", function.__name__, arguments[0], child.ended())
            raise child.ending_in_words() from error
        except ValueError as error:
            log.error("%s of %s: %s", function.__name__, arguments[0], error, exc_info=True)
            raise CorruptFile(BROKE) from error
    if isinstance(raised, str):
        log.error("%s of %s: %s", function.__name__, arguments[0], raised)
        raise CorruptFile(BROKE)
    if raised is not None:
        raise raised
    return answer  # type: ignore[no-any-return]  # it comes out of a pickle


def allow(children: int) -> None:
    """Let this process have so many children at work at once: 2 unless said, begun when they are needed."""
    global _places  # noqa: PLW0603  # said once, as the process starts
    _places = BoundedSemaphore(children)


_idle: list[Child] = []
_places = BoundedSemaphore(2)


@contextmanager
def _child(limits: Limits) -> Iterator[Child]:
    """An idle child or a new one, which is idle again afterwards if it is still good."""
    places = _places
    if not places.acquire(timeout=limits.timeout_s):
        raise Busy("The gallery is busy with other pictures; try again in a minute.")
    try:
        child = _idle_child(limits) or Child(limits)
        try:
            yield child
        except BaseException:
            child.end()  # its answer may still be on the way, and must not be taken for the next one's
            raise
        if child.is_good():
            _idle.append(child)
        else:
            child.end()
    finally:
        places.release()


def _idle_child(limits: Limits) -> Child | None:
    """The one used last, whose memory is still warm; those of other limits, or dead meanwhile, are ended."""
    while _idle:
        try:
            child = _idle.pop()
        except IndexError:  # another thread was faster
            return None
        if child.limits == limits and child.is_good():
            return child
        child.end()
    return None


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()


os.register_at_fork(after_in_child=_idle.clear)
