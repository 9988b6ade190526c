"""RESULTS.md: what each benchmark printed last, in a part of its own, with time and machine of its run."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.table import Figure, markdown

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = """\
# What the benchmarks printed last

The ratio is the gallery's number by theirs. A floor is what nobody could do the same work below; a peer is
what most would write. Rivals take turns in one run, and each figure is a median. CPU is user and system time
of all processes of a server. The caller is a member of every album with a token that is checked on every
call; nginx and the peer check nothing. SSIM and sharpness are defined in `likeness.py`; the floor of the
import makes one picture where the gallery makes four and keeps, records and describes the original.
"""
_PART = "\n## "


def keep(measured: Mapping[str, list[Figure]], about: str, order: Iterable[str]) -> None:
    """Replace the parts of the benchmarks that were run; the others stay, with their own time."""
    parts = _kept() | {name: f"{about}\n\n{markdown(figures)}" for name, figures in measured.items()}
    RESULTS.write_text(
        _HEAD + "".join(f"{_PART}{name}\n\n{parts[name]}\n" for name in order if name in parts)
    )


def _kept() -> dict[str, str]:
    """By the benchmark's name."""
    _, *parts = RESULTS.read_text().split(_PART)
    named = (part.partition("\n") for part in parts)
    return {name: text.strip() for name, _, text in named}
