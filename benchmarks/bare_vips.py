"""libvips alone, in as many processes as asked for, which share nothing but the machine."""

import os
import subprocess
import sys
import time

import pyvips

WITHIN_PX = 1920


def seconds_a_photo(original: str, photos: int, processes: int) -> float:
    """Wall seconds of one picture made smaller, where so many processes make them beside each other."""
    command = [sys.executable, "-m", "benchmarks.bare_vips", original, str(photos // processes)]
    environ = os.environ | {"VIPS_CONCURRENCY": "1"}
    running = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    return sum(float(process.communicate()[0]) for process in running) / processes**2


def main() -> None:
    """Print the seconds of one of so many, made one after another; the first loads libvips, and is none."""
    original, photos = sys.argv[1], int(sys.argv[2])
    times = []
    for _ in range(photos + 1):
        picture = pyvips.Image.thumbnail(original, WITHIN_PX, height=WITHIN_PX, size="down")
        picture.jpegsave_buffer(Q=85, keep="none")
        times.append(time.monotonic())
    print((times[-1] - times[0]) / photos)


if __name__ == "__main__":
    main()
