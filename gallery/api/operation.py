"""What a view of the API takes, answers and refuses: said once, for validation and for documentation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from gallery.errors import GalleryError

View = TypeVar("View", bound=Callable[..., Any])


class Given(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The body of a request. A key that it does not know is refused: it may be a misspelt one."""

    @property
    def named(self) -> dict[str, Any]:
        """What the caller said, without the keys that were left out."""
        said = msgspec.structs.asdict(self)
        return {name: value for name, value in said.items() if value is not msgspec.UNSET}


class Asked(msgspec.Struct, kw_only=True):
    """The query of a request. What it does not know is passed over."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    summary: str
    query: type[Asked] | None = None
    body: type | None = None
    """The type of a JSON body; forms of the same fields are taken too, where it is flat."""
    body_media: tuple[str, ...] = ("application/json", "application/x-www-form-urlencoded")
    body_required: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names of request headers that mean something here, each with a sentence."""
    answers: Mapping[int, Any] = field(default_factory=dict)
    """By status the type of the answer's body; None: it is empty."""
    answer_media: tuple[str, ...] = ("application/json",)
    refusals: tuple[type[GalleryError], ...] = ()
    """What the view can raise besides the refusals of every call."""
    is_public: bool = False
    """Needs no token."""
    is_of_session: bool = False
    """For a browser whose person has signed in, instead of a token."""
    is_replayable: bool = True
    """A POST takes an `Idempotency-Key`."""


def operation(summary: str, **described: Any) -> Callable[[View], View]:
    """Describe a view; the fields are `Operation`'s. The view's docstring is the longer description."""

    def describe(view: View) -> View:
        view.operation = Operation(summary, **described)  # type: ignore[attr-defined]
        return view

    return describe


def operation_of(view: object) -> Operation | None:
    """How the view was described."""
    return getattr(view, "operation", None)
