"""A process that has imported the gallery, and forks those that upload and process: a start costs no second.

Run as a module it reads one order a line, forks, and prints the child's pid. A child notes what it did in a
file of its own, one JSON object a line, with a system call that nothing else makes: what stands there was
said, whatever happened to the child afterwards.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from flask.cli import ScriptInfo
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from gallery import create_app, ingest
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.errors import GalleryError
from gallery.models.album import create_album, find_album
from tests.forking import IMPORTED

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Child:
    """A process that uploads or works."""

    pid: int
    notes: Path

    def said(self) -> list[dict[str, Any]]:
        """What it noted so far; a line that was cut short was not said."""
        text = self.notes.read_text() if self.notes.exists() else ""
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def kept(self) -> list[dict[str, Any]]:
        """The uploads that it acknowledged: file, id."""
        return [note for note in self.said() if note["what"] == "kept"]

    def wait_for(self, what: str) -> None:
        """Until it noted that."""
        wait_until(lambda: any(note["what"] == what for note in self.said()), self)

    def kill(self) -> None:
        """As a power button does for one process; returns when it is gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        wait_until(lambda: not Path(f"/proc/{self.pid}").exists(), self)


def wait_until(condition: Any, about: object = "", timeout_s: float = TIMEOUT_S) -> None:
    """Until the condition holds."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen in time: {about}"
        time.sleep(0.01)


class Nursery:
    """Starts children."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process, self._folder, self._count = process, folder, 0
        self._children: list[Child] = []

    def upload(self, environ: Mapping[str, str], files: list[Path], **options: Any) -> Child:
        """Keep the files one after the other. Options: see `_upload`."""
        return self._fork({"job": "upload", "files": [str(path) for path in files], **options}, environ)

    def work(self, environ: Mapping[str, str]) -> Child:
        """`flask worker`."""
        return self._fork({"job": "work"}, environ)

    def end(self) -> None:
        """Leave nobody behind."""
        for child in self._children:
            child.kill()

    def _fork(self, order: dict[str, Any], environ: Mapping[str, str]) -> Child:
        self._count += 1
        notes = self._folder / f"notes-{self._count}"
        line = json.dumps({**order, "environ": dict(environ), "notes": str(notes)})
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        child = Child(int(self._process.stdout.readline()), notes)
        self._children.append(child)
        return child


@contextmanager
def nursing(folder: Path) -> Iterator[Nursery]:
    """A nursery until the end of the block."""
    command = [sys.executable, "-m", "tests.faults.nursery"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        nursery = Nursery(process, folder)
        try:
            yield nursery
        finally:
            nursery.end()
            process.kill()


def main() -> None:
    """Fork for every order."""
    for name in IMPORTED:
        importlib.import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _obey(json.loads(line))
        print(pid, flush=True)


def _obey(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    notes = os.open(order["notes"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(what: str, **more: Any) -> None:
        os.writev(notes, [json.dumps({"what": what, **more}).encode() + b"\n"])

    try:
        os.environ.update({f"GALLERY_{name}": value for name, value in order["environ"].items()})
        {"upload": _upload, "work": _work}[order["job"]](order, say)
        say("done")
    except BaseException:  # noqa: BLE001  # whatever it is, the test reads it
        say("crashed", traceback=traceback.format_exc())
    os._exit(0)


def _work(_order: dict[str, Any], say: Any) -> None:
    app = create_app()
    say("ready")
    app.cli.main(["worker", "--threads", "2"], obj=ScriptInfo(create_app=lambda: app))


def _upload(order: dict[str, Any], say: Any) -> None:
    """Options: `first`, a file to warm up with; `gates`, a path to wait for before each file; `again`, to try
    what was refused once more; and what the controls break:
    `early` says so before it is true, `unsynced` leaves out fsync, `unlocked` leaves out the locks."""
    app = create_app(load_settings())
    if order.get("unsynced"):
        os.fsync = lambda _handle: None
    if order.get("unlocked"):
        ingest.begin_write = db.session.rollback
        ingest.open_album = db.session.refresh
    with app.app_context():
        _make_album()
        if "first" in order:
            _keep(order["first"], say, early=False)
        say("ready")
        early = bool(order.get("early"))
        for file, gate in zip_longest(order["files"], order.get("gates", [])):
            while gate and not Path(gate).exists():
                time.sleep(0.002)
            if not _keep(file, say, early=early) and order.get("again"):
                _keep(file, say, early=early)
            if gate:
                say("next")


def _make_album() -> None:
    """Of several that start at once one makes it."""
    begin_write()
    try:
        if find_album("A") is None:
            create_album("A")
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def _keep(file: str, say: Any, *, early: bool) -> bool:
    settings = load_settings()
    try:
        album = find_album("A")
        assert album is not None
        kept = ingest.keep_file(Path(file), ingest.Upload(Path(file).name, album), settings)
        image_id, is_new = kept.images[0].id, kept.is_new
        if early:
            say("kept", file=file, id=image_id, is_new=is_new)
            time.sleep(0.02)  # so that a kill comes in between, on a fast machine too
        db.session.commit()
        if not early:
            say("kept", file=file, id=image_id, is_new=is_new)
    except (GalleryError, OSError, SQLAlchemyError) as error:
        db.session.rollback()
        say("refused", file=file, error=f"{type(error).__name__}: {error}")
        return False
    return True


if __name__ == "__main__":
    main()
