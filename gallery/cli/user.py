"""`flask user`: the people."""

import sys

import click
from sqlalchemy.exc import IntegrityError

from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words, known_user
from gallery.db import begin_write, db
from gallery.models.audit import Deed, record
from gallery.models.user import Role, User, UserInvalid, find_by_email


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
    if find_by_email(email) is not None:
        raise UserInvalid(f"There is somebody with the address {email} already.")
    person = User.create(email, password, name=name, role=Role(role))
    person.sfid = sfid
    db.session.add(person)
    try:
        db.session.flush()
        record(Deed.USER_ADDED, person=person.name, person_number=person.number, role=role)
        db.session.commit()
    except IntegrityError:
        raise UserInvalid(f"There is somebody with the address {email} already.") from None
    click.echo(f"Added {person.email} ({role}).")


@user.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@prepared
@failing_in_words
def role_(email: str, role: str) -> None:
    """Give the person with EMAIL another role, from their next request on."""
    begin_write()
    person = known_user(email)
    before, person.role = person.role, Role(role)
    if person.role is not before:
        was = before.value
        record(Deed.ROLE_CHANGED, person=person.name, person_number=person.number, role=role, role_before=was)
    db.session.commit()
    click.echo(f"{email} is {role}.")


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@prepared
@failing_in_words
def password(email: str, password_stdin: bool) -> None:
    """Give the person with EMAIL a new password, which ends every session and token of theirs."""
    given = _password(password_stdin)
    begin_write()
    person = known_user(email)
    person.change_password(given)
    record(Deed.PASSWORD_CHANGED, person=person.name, person_number=person.number)
    db.session.commit()
    click.echo(f"{email} has a new password, and is signed out everywhere.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
