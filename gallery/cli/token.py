"""`flask token`: keys to the API."""

import click

from gallery import current
from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words, known_user
from gallery.db import begin_write, db
from gallery.models.token import issue as issue_token
from gallery.models.token import revoke_all


@click.group()
def token() -> None:
    """Keys to the API."""


@token.command()
@click.argument("email")
@prepared
@failing_in_words
def issue(email: str) -> None:
    """Print a token for the person with EMAIL: good for four hours, renewed with every answer."""
    click.echo(issue_token(known_user(email), current.settings()))


@token.command()
@click.argument("email")
@prepared
@failing_in_words
def revoke(email: str) -> None:
    """Refuse every token issued to the person with EMAIL until now."""
    begin_write()
    revoke_all(known_user(email))
    db.session.commit()
    click.echo(f"Every token of {email} is revoked.")
