"""What is known of a call that is answered before Flask, and what is answered."""

from collections.abc import Callable
from typing import Any, NamedTuple

from gallery.config import Settings
from gallery.models.token import Token
from gallery.prepared import Reader

Environ = dict[str, Any]


class Asking(NamedTuple):
    """A token whose signature and time are good; whether it is revoked is for who answers to see."""

    said: Token
    reader: Reader
    settings: Settings


class Answer(NamedTuple):
    """A good one, as JSON."""

    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    """Besides those that every answer has."""


Quick = Callable[[Asking], Answer | None]
"""Answers one call; None: it is something for Flask."""
