"""`flask renew`: what an older version processed is processed again."""

import json

import click

from gallery import renewal
from gallery.cli.database import prepared_with_originals
from gallery.cli.failure import failing_in_words


@click.command()
@click.option("--stop", is_flag=True, help="Let those that are left be.")
@click.option("--json", "as_json", is_flag=True, help="Print their number as JSON.")
@prepared_with_originals
@failing_in_words
def renew(stop: bool, as_json: bool) -> None:
    """Have images processed again, in the background, that an older version of the gallery processed.

    A worker begins within a minute, and takes new uploads in between. Originals and verdicts stay as
    they are, and so does the record of an image for which nothing new is found.
    """
    older = renewal.count_older()
    renewal.ask(None if stop or not older else 0)
    click.echo(json.dumps({"older": older}) if as_json else _in_words(older, stop))


def _in_words(older: int, stop: bool) -> str:
    if not older:
        return "No image was processed by an older version."
    if stop:
        return f"Stopped. Images that an older version processed: {older:,}."
    return f"Images that an older version processed: {older:,}. The worker processes them again."
