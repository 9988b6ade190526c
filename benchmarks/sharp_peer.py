"""sharp, libvips for Node, as a peer of the rendition set and of a small one on demand."""

import shutil
import subprocess
from pathlib import Path

NAME, SMALL_NAME = "peer: sharp (libvips in Node), the same four", "peer: sharp, from the original"
SCRIPT = Path(__file__).with_name("sharp_peer.mjs")
ROUNDS = 5


def cpu_s_a_photo(originals: list[bytes], folder: Path, what: str = "set") -> float | None:
    """CPU seconds of one `set`, or of one `small` picture.

    None where Node or sharp is not there (`npm ci` brings sharp).
    """
    node = shutil.which("node")
    if node is None or not (SCRIPT.parents[1] / "node_modules" / "sharp").exists():
        return None
    made = folder / "sharp"
    made.mkdir(parents=True, exist_ok=True)
    files = [made / f"original-{number}.jpg" for number in range(len(originals))]
    for file, original in zip(files, originals, strict=True):
        file.write_bytes(original)
    done = subprocess.run(
        [node, SCRIPT, what, made, str(ROUNDS), *files],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return float(done.stdout)
