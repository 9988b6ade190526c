"""thumbor, a picture server, as a peer: every picture is a request, made from the original."""

import os
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import cpu_s, free_port, listening

NAME, SMALL_NAME = "peer: thumbor, the same four by request", "peer: thumbor, from the original"
PROGRAM = "BENCH_THUMBOR"
"""Names thumbor's program, which lives in an environment of its own: it wants another Pillow than ours."""
REQUESTS = {"set": ("fit-in/1920x1920", "fit-in/300x10000", "200x200", "100x100"), "small": ("200x200",)}
ROUNDS = 5
CONFIGURATION = """
LOADER = "thumbor.loaders.file_loader"
FILE_LOADER_ROOT_PATH = {folder!r}
STORAGE = "thumbor.storages.no_storage"
RESULT_STORAGE = None
QUALITY = 85
ALLOW_UNSAFE_URL = True
AUTO_WEBP = False
"""


def cpu_s_a_photo(originals: list[bytes], folder: Path, what: str = "set") -> float | None:
    """CPU seconds of one `set`, or of one `small` picture; None where the environment names no thumbor."""
    program = os.environ.get(PROGRAM)
    if not program:
        return None
    pictures = folder / "thumbor"
    pictures.mkdir(exist_ok=True)
    for number, original in enumerate(originals):
        (pictures / f"{number}.jpg").write_bytes(original)
    configuration = folder / "thumbor.conf"
    configuration.write_text(CONFIGURATION.format(folder=str(pictures)))
    port = free_port()
    command = [program, "--ip", "127.0.0.1", "--port", str(port), "--conf", str(configuration)]
    with listening(command, port, {}) as process:
        _ask_for_all(port, len(originals), REQUESTS[what])
        before = cpu_s(process.pid)
        for _ in range(ROUNDS):
            _ask_for_all(port, len(originals), REQUESTS[what])
        return (cpu_s(process.pid) - before) / (ROUNDS * len(originals))


def _ask_for_all(port: int, photos: int, requests: Sequence[str]) -> None:
    for number in range(photos):
        for request in requests:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/unsafe/{request}/{number}.jpg") as answer:
                assert answer.read(2) == b"\xff\xd8"
