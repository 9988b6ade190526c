"""`flask audit`: the chain of everything that was done, checked and taken along."""

import json
import re
import sys
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from gallery.chain import Break, Head, canonical, first_break
from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words
from gallery.db import db, snapshot
from gallery.errors import GalleryError
from gallery.models.audit import AuditEntry
from gallery.models.audit import head as newest
from gallery.present.audit.audit_log import entries

_HEAD = re.compile(r"(?:(\d+)[ :])?([0-9a-f]{64})\b", re.ASCII)


class HeadInvalid(click.ClickException):
    """What was given as a head is none, or the chain cannot be read."""

    exit_code = 2


@click.group()
def audit() -> None:
    """The chain of everything that was done."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@prepared
@failing_in_words
def head(as_json: bool) -> None:
    """Print number, hash and time of the last entry: keep them where nobody of this server writes."""
    found = newest(db.session())
    at = db.session.scalar(sa.select(AuditEntry.at).where(AuditEntry.number == found.number))
    moment = at.isoformat() if at else None
    if as_json:
        click.echo(json.dumps({"number": found.number, "hash": found.hash, "at": moment}))
    else:
        click.echo(f"{found.number} {found.hash} {moment or '-'}")


@audit.command()
@click.option("--head", "kept", help="A head that was kept: a file with it, NUMBER:HASH, or the hash.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@prepared
def verify(kept: str | None, as_json: bool) -> None:
    """Follow the chain from its first entry to its last.

    The exit status is 0 when every link holds, 1 when one is broken, which is named, and 2 when the chain or
    the head could not be read.
    """
    try:
        wanted = None if kept is None else _given(kept)
        last, found = _checked(wanted)
    except (GalleryError, OSError, SQLAlchemyError, UnicodeDecodeError) as error:
        raise HeadInvalid(f"The chain could not be checked: {error}") from error
    if as_json:
        told = None if found is None else found._asdict()
        click.echo(json.dumps({"number": last.number, "hash": last.hash, "broken": told}))
    elif found is None:
        click.echo(f"All {last.number:,} entries are linked. The last hash is {last.hash}.")
    else:
        click.echo(f"{found.sentence} {last.number:,} entries before it are linked.")
    sys.exit(0 if found is None else 1)


@audit.command()
@click.option("--after", default=0, help="Only entries with a higher number.")
@prepared
@failing_in_words
def export(after: int) -> None:
    """Print every entry as a line of JSON, the hashes with it."""
    with snapshot(db.engine) as connection:
        for entry in entries(connection, after or None):
            click.echo(canonical(entry))


def _given(kept: str) -> Head:
    """The number 0 stands for one that was not said."""
    path = Path(kept)
    text = kept if _HEAD.fullmatch(kept) else path.read_text()[:1_000]
    found = _HEAD.match(_plain(text.strip()))
    if found is None:
        raise HeadInvalid(f"{kept[:80]!r} is no head: give what `flask audit head` prints.")
    return Head(int(found[1] or 0), found[2])


def _plain(text: str) -> str:
    """A head that the page or `--json` gave as the command prints it otherwise."""
    try:
        told = json.loads(text)
        return f"{told['number']} {told['hash']}"
    except (ValueError, TypeError, KeyError):
        return text


def _checked(kept: Head | None) -> tuple[Head, Break | None]:
    with snapshot(db.engine) as connection:
        if kept is not None and kept.number == 0 and kept.hash != Head(0, "0" * 64).hash:
            number = connection.scalar(sa.select(AuditEntry.number).where(AuditEntry.hash == kept.hash))
            if number is None:
                last, found = first_break(entries(connection))
                said = "No entry has the hash of the head that was kept: the chain was cut or rewritten."
                return last, found or Break(last.number, "truncated", said)
            kept = Head(number, kept.hash)
        return first_break(entries(connection), kept)
