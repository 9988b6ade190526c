"""`flask pull`: mirror another server, or load the records of a payload."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from gallery import current
from gallery.cli.database import prepared_with_originals
from gallery.cli.failure import failing_in_words
from gallery.cli.payload_file import load_file
from gallery.cli.terminal import say, visible
from gallery.mirror.originals import Fetched, fetch_originals, missing
from gallery.mirror.pulling import pull as pull_records
from gallery.mirror.remote import Remote, RemoteFailed
from gallery.mirror.report import Report

STANDARD_INPUT = "-"
WAIT_S = 30
PAUSE_S = 60
"""Between two looks at a server without a feed, and after a failure."""


@click.command()
@click.argument("url", required=False)
@click.option("--token", help="A token of the other server; - reads it from the standard input.")
@click.option("--originals", is_flag=True, help="Fetch the original files, too.")
@click.option("--watch", is_flag=True, help="Go on until interrupted: changes arrive within seconds.")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Load a sync payload (a JSON array) instead.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@prepared_with_originals
@failing_in_words
def pull(
    url: str | None, token: str | None, originals: bool, watch: bool, path: Path | None, as_json: bool
) -> None:
    """Mirror the images of another server that speaks the sync contract, at URL.

    What is deleted there goes to the trash here. Cut short, it goes on where it was; run again, it brings
    only what is new. The exit status is 0 only when every record and original came as it is there.
    """
    if path is not None and url is None:
        sys.exit(load_file(path, as_json))
    if url is None or path is not None or not token:
        raise click.UsageError("Give either URL and --token, or --file.")
    if token == STANDARD_INPUT:
        token = sys.stdin.readline().strip()
    with Remote(url, token) as remote:
        sys.exit(_watch(remote, originals, as_json) if watch else _pull_once(remote, originals, as_json))


def _pull_once(remote: Remote, originals: bool, as_json: bool, wait_s: int = 0) -> int:
    """Bring the mirror up to date and say what that did; the exit status."""
    report, fetched = Report(), Fetched()
    with Count("Records") as progress:
        pull_records(remote, current.settings(), report, progress, wait_s)
    if originals:
        with Count("Originals", missing(remote)) as progress:
            fetch_originals(remote, current.settings(), fetched, progress)
    if not wait_s or report != Report(unchanged=report.unchanged) or fetched != Fetched():
        said = asdict(report) | {"originals": fetched.files, "failed": fetched.failed}
        say(json.dumps(said, ensure_ascii=False) if as_json else _report(report, fetched))
    return 1 if report.refused or report.differing or fetched.failed else 0


def _watch(remote: Remote, originals: bool, as_json: bool) -> int:
    """Go on for ever; a failure is said, and tried again."""
    while True:
        began_at = time.monotonic()
        try:
            _pull_once(remote, originals, as_json, WAIT_S)
        except RemoteFailed as error:
            click.echo(visible(str(error)), err=True)
        if time.monotonic() - began_at < 1:  # nobody waited for us: there is no feed, or it failed
            time.sleep(PAUSE_S)


class Count:
    """A count on a terminal, nothing elsewhere."""

    def __init__(self, label: str, length: int | None = None) -> None:
        self._label, self._length, self._done = label, length, 0

    def __enter__(self) -> Callable[[int], None]:
        return self._advance

    def __exit__(self, *_: object) -> None:
        if self._done and sys.stderr.isatty():
            click.echo(err=True)

    def _advance(self, count: int) -> None:
        self._done += count
        if sys.stderr.isatty():
            of = "" if self._length is None else f" of {self._length:,}"
            click.echo(f"\r{self._label}: {self._done:,}{of}", err=True, nl=False)


def _report(report: Report, fetched: Fetched) -> str:
    lines = [
        f"Created {report.created} records, replaced {report.replaced}, left {report.unchanged} as they "
        f"were, put {report.deleted} into the trash; fetched {fetched.files} originals."
    ]
    lines += [f"  {image_id}: refused: {reason}" for image_id, reason in report.refused]
    lines += [f"  {image_id}: {reason}" for image_id, reason in fetched.failed]
    lines += [f"  {image_id}: served differently: {', '.join(keys)}" for image_id, keys in report.differing]
    return "\n".join(lines)
