"""The machine and the libraries that a table was measured with."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pyvips

from benchmarks.servers import nginx_program

LIBRARIES = ("flask", "sqlalchemy", "granian", "pyvips", "pillow")


def described() -> str:
    """A few lines of Markdown."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    vips = ".".join(str(pyvips.version(part)) for part in range(3))
    return "\n".join(
        [
            f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load before the run {os.getloadavg()[0]:.1f}",
            f"- {os.cpu_count()} cores, {_cpu_model()}, {_memory_gb():.0f} GB, Linux {platform.release()}",
            f"- Python {platform.python_version()}, {libraries}, libvips {vips}, {_nginx_version()}",
        ]
    )


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _nginx_version() -> str:
    program = nginx_program()
    if program is None:
        return "no nginx"
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    return said.partition(": ")[2].strip()
