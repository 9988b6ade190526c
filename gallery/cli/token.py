"""`flask token`: keys to the API."""

import click
import msgspec

from gallery import current
from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words, known_user
from gallery.cli.terminal import say
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.audit import Deed, record
from gallery.models.personal_token import (
    albums_by_token,
    find_token,
    revoke_personal,
    revoke_token,
    tokens_of,
)
from gallery.models.token import issue as issue_token
from gallery.models.token import revoke_all
from gallery.present.personal_token_record import personal_token_record


@click.group()
def token() -> None:
    """Keys to the API."""


@token.command()
@click.argument("email")
@prepared
@failing_in_words
def issue(email: str) -> None:
    """Print a token for the person with EMAIL: good for four hours, renewed with every answer."""
    begin_write()
    user = known_user(email)
    text = issue_token(user, current.settings())
    record(Deed.TOKEN_ISSUED, person=user.name, person_number=user.number)
    db.session.commit()
    click.echo(text)


@token.command("list")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
@prepared
@failing_in_words
def list_(email: str, as_json: bool) -> None:
    """List the personal tokens of the person with EMAIL; what they open is kept nowhere."""
    user = known_user(email)
    albums = albums_by_token(user)
    for found in db.session.scalars(tokens_of(user)):
        record = personal_token_record(found, albums.get(found.number, []), current.settings())
        if as_json:
            click.echo(msgspec.json.encode(record))
        else:
            used, ends = record.last_used_at or "never", record.expires_at or "never"
            scopes = ",".join(record.scopes)
            say(f"{record.id}  {record.prefix}…  {scopes}  used {used}  ends {ends}  {record.name}")


@token.command()
@click.argument("email")
@click.option("--id", "token_id", help="Only the personal token with this id.")
@prepared
@failing_in_words
def revoke(email: str, token_id: str | None) -> None:
    """End every session and every token of the person with EMAIL, personal ones too."""
    begin_write()
    user = known_user(email)
    if token_id is None:
        revoke_all(user)
        revoke_personal(user)
    elif found := find_token(user, token_id):
        revoke_token(found)
    else:
        raise NotFound(f"{email} has no token with the id {token_id[:80]}.")
    db.session.commit()
    click.echo(f"Every token of {email} is revoked." if token_id is None else "The token is revoked.")
