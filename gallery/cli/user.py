"""`flask user`: the people."""

import sys

import click
import msgspec

from gallery import current
from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words, known_user
from gallery.cli.terminal import say
from gallery.db import begin_write, db
from gallery.editing import user_editing
from gallery.models.people import all_people
from gallery.models.user import Role
from gallery.present.user_record import user_record


@click.group()
def user() -> None:
    """People who sign in or whose programs call."""


@user.command()
@click.argument("email")
@click.option("--name", default="", help="How the person is called on pages.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.MEMBER.value)
@click.option("--sfid", help="The person's id in your own system.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@prepared
@failing_in_words
def add(email: str, name: str, role: str, sfid: str | None, password_stdin: bool) -> None:
    """Add a person who signs in with EMAIL."""
    password = _password(password_stdin)
    begin_write()
    person = user_editing.add_person(email, password, name=name, role=Role(role), sfid=sfid)
    db.session.commit()
    click.echo(f"Added {person.email} ({role}).")


@user.command("list")
@click.option("--search", default="", help="Only people in whose name or address these words stand.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
@prepared
@failing_in_words
def list_(search: str, as_json: bool) -> None:
    """List the people, by name."""
    zone = current.settings().time_zone
    for found in all_people(search):
        record = user_record(found, zone)
        if as_json:
            click.echo(msgspec.json.encode(record))
        else:
            seen, is_out = record.last_seen_at or "never", "  shut out" if record.shut_out_at else ""
            albums = f"{record.album_count:,} album{'' if record.album_count == 1 else 's'}"
            say(f"{record.email}  {record.role.value}  {albums}  seen {seen}{is_out}  {record.name}")


@user.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@prepared
@failing_in_words
def role_(email: str, role: str) -> None:
    """Give the person with EMAIL another role, from their next request on."""
    begin_write()
    user_editing.give_role(known_user(email), Role(role))
    db.session.commit()
    click.echo(f"{email} is {role}.")


@user.command()
@click.argument("email")
@click.argument("name")
@prepared
@failing_in_words
def rename(email: str, name: str) -> None:
    """Call the person with EMAIL by another NAME."""
    begin_write()
    user_editing.rename(known_user(email), name)
    db.session.commit()
    say(f"{email} has the name {name}.")


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@prepared
@failing_in_words
def password(email: str, password_stdin: bool) -> None:
    """Give the person with EMAIL a new password, which ends every session and token of theirs."""
    given = _password(password_stdin)
    begin_write()
    user_editing.give_password(known_user(email), given)
    db.session.commit()
    click.echo(f"{email} has a new password, and is signed out everywhere.")


@user.command("shut-out")
@click.argument("email")
@prepared
@failing_in_words
def shut_out(email: str) -> None:
    """Let the person with EMAIL in by no door, and end their sessions, tokens and webhooks at once.

    What they did stays. Their shares lead nowhere until they are let in again.
    """
    begin_write()
    user_editing.shut_out(known_user(email))
    db.session.commit()
    click.echo(f"{email} is shut out.")


@user.command("let-in")
@click.argument("email")
@prepared
@failing_in_words
def let_in(email: str) -> None:
    """Let the person with EMAIL sign in again who was shut out."""
    begin_write()
    user_editing.let_in(known_user(email))
    db.session.commit()
    click.echo(f"{email} may sign in again.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
