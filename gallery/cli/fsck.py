"""`flask fsck`: whether everything that was kept is there."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from gallery import current
from gallery.belonging import adopt_store, require_own_store
from gallery.checkup import examine, step_count
from gallery.checkup.finding import Checkup, Finding
from gallery.cli.database import prepare
from gallery.cli.terminal import say
from gallery.errors import GalleryError
from gallery.jobs import queue_of
from gallery.renewal import count_older

P = ParamSpec("P")
R = TypeVar("R")


class NotChecked(click.ClickException):
    """The checkup could not be made, or not to its end."""

    exit_code = 2


@dataclass(slots=True)
class Count:
    """What was found so far."""

    found: int = 0
    repaired: int = 0
    unmade: int = 0
    """Of images that lack a rendition which would be made when it is asked for."""
    made: int = 0
    """How many of these have it now."""
    older: int = 0
    """Images that an older version processed."""
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """One more."""
        if not finding.is_wrong:
            self.unmade += 1
            self.made += finding.repaired
            return
        self.found += 1
        self.repaired += finding.repaired
        self.kinds[finding.kind] = self.kinds.get(finding.kind, 0) + 1


def _or_not_checked(command: Callable[P, R]) -> Callable[P, R]:
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (GalleryError, OSError, SQLAlchemyError) as error:
            raise NotChecked(f"The checkup could not be made: {error}") from error

    return run


@click.command()
@click.option("--deep", is_flag=True, help="Read every original and rendition to its end.")
@click.option("--repair", is_flag=True, help="Put right what can be; no original and no row is deleted.")
@click.option("--adopt-store", "adopt", is_flag=True, help="Take the originals' folder over as it is, first.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, the summary last.")
@with_appcontext
@_or_not_checked
def fsck(deep: bool, repair: bool, adopt: bool, as_json: bool) -> None:
    """Check that originals, documents and renditions are there, whole, and named.

    The exit status is 0 when nothing is wrong or all was repaired, 1 when something is wrong still,
    and 2 when the checkup could not be made.
    """
    prepare()
    settings = current.settings()
    (adopt_store if adopt else require_own_store)(settings)
    count = Count()
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=step_count(), label="Checking", file=sys.stderr, hidden=hidden) as bar:
        checkup = Checkup(settings, queue_of(current_app).process, deep, repair, bar.update)
        for finding in examine(checkup):
            count.add(finding)
            if not finding.is_wrong:
                continue
            if not hidden:
                click.echo("\r\033[K", nl=False, err=True)
            say(json.dumps(asdict(finding)) if as_json else _line(finding))
    count.older = count_older()
    click.echo(json.dumps(asdict(count)) if as_json else _summary_in_words(count))
    sys.exit(0 if count.found == count.repaired else 1)


def _line(finding: Finding) -> str:
    mark = " (repaired)" if finding.repaired else ""
    return f"{finding.kind} {finding.subject}: {finding.sentence}{mark}"


def _summary_in_words(count: Count) -> str:
    return " ".join(filter(None, (_wrong_in_words(count), _unmade_in_words(count), _older_in_words(count))))


def _wrong_in_words(count: Count) -> str:
    if not count.found:
        return "Nothing is wrong."
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in count.kinds.items())
    return f"Found {count.found:,} ({kinds}); repaired {count.repaired:,}."


def _unmade_in_words(count: Count) -> str:
    if count.made:
        return f"Made the missing thumbnails of images: {count.made:,}."
    if count.unmade:
        return (
            f"Images with thumbnails still to be made: {count.unmade:,}; each is made when it is asked for, "
            "all of them now with --repair."
        )
    return ""


def _older_in_words(count: Count) -> str:
    if not count.older:
        return ""
    return f"Images that an older version processed: {count.older:,}; flask renew has them processed again."
