"""From the command to a port that answers, on an instance that has been started before."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.processes import free_port, listening
from benchmarks.table import Figure
from gallery.config import ROOT


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Wall seconds of `flask serve`."""
    environ = {"GALLERY_INSTANCE": str(folder)}
    _serve_s(environ)
    starts = [_serve_s(environ) for _ in range(2 if quick else 5)]
    yield Figure("second start, wall", median(starts), "s")


def _serve_s(environ: dict[str, str]) -> float:
    port = free_port()
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port)]
    begun = time.perf_counter()
    with listening(command, port, environ, cwd=ROOT, stdout=subprocess.DEVNULL):
        return time.perf_counter() - begun
