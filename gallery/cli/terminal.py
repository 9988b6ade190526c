"""What a command says to a person at a terminal."""

import re

import click

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line feed, and those that turn the direction of writing."""


def visible(text: str) -> str:
    """The text with whatever a terminal would obey written out: names and files come from strangers."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str) -> None:
    """Print it as a line, or several."""
    click.echo(visible(text))
