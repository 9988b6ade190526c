"""A child's death, lateness or greed is an error in words, and the next picture is decoded all the same."""

import ctypes
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import pyvips
from PIL import Image

from gallery.errors import Busy, CorruptFile, GalleryError, TooLarge
from gallery.media import answer, child
from gallery.media.child import in_child
from gallery.media.child_process import MAX_TASKS, TOO_LONG
from gallery.media.confinement import TOO_MUCH_MEMORY, Limits
from gallery.media.exif import read_exif
from gallery.media.format import Format
from gallery.media.header import Size, read_header
from gallery.media.loaders import _ALLOWED
from gallery.media.rendition import make_renditions
from gallery.media.transformation import BadChain
from tests.limits import LIMITS
from tests.media.test_damage import SAMPLES

SHORT = Limits(timeout_s=1, memory_bytes=512 * 1024**2)


@pytest.fixture
def picture(drawn: Image.Image, tmp_path: Path) -> Path:
    path = tmp_path / "picture.jpg"
    drawn.save(path)
    return path


def works(picture: Path, limits: Limits = LIMITS) -> bool:
    return in_child(limits, read_header, picture, Format.JPG, max_pixels=10**6) == [Size(80, 40)]


def pid(limits: Limits = LIMITS) -> int:
    return in_child(limits, os.getpid)


def test_values_and_named_errors_come_back_as_they_were(picture: Path, tmp_path: Path) -> None:
    assert works(picture)
    assert in_child(LIMITS, read_exif, picture, Format.JPG) == read_exif(picture, Format.JPG)
    with pytest.raises(TooLarge, match="3,200 in all"):
        in_child(LIMITS, read_header, picture, Format.JPG, max_pixels=9)
    with pytest.raises(FileNotFoundError):
        in_child(LIMITS, read_header, tmp_path / "none", Format.JPG, max_pixels=9)


def test_every_named_error_survives_the_way_back() -> None:
    ours = ("gallery.errors", "gallery.media.")
    kinds = [kind for kind in GalleryError.__subclasses__() if kind.__module__.startswith(ours)]
    assert {CorruptFile, TooLarge, Busy, BadChain} <= set(kinds)
    for kind in kinds:
        found, _ = answer.unpickled(pickle.dumps((kind("A sentence."), None)))
        assert (type(found), str(found)) == (kind, "A sentence.")


def test_one_child_serves_many_pictures(picture: Path) -> None:
    first = pid()
    assert works(picture)
    assert pid() == first != os.getpid()


@pytest.mark.slow
def test_a_child_that_takes_too_long_is_killed(picture: Path, caplog: pytest.LogCaptureFixture) -> None:
    late, begun = pid(SHORT), time.monotonic()
    with pytest.raises(TooLarge, match=TOO_LONG):
        in_child(SHORT, time.sleep, 60)
    assert time.monotonic() - begun < 10
    assert "sleep of 60: the child was killed" in caplog.text
    assert not Path(f"/proc/{late}").exists()
    assert works(picture)


def test_a_child_that_wants_too_much_memory_says_so(picture: Path) -> None:
    with pytest.raises(TooLarge, match=TOO_MUCH_MEMORY):
        in_child(SHORT, bytearray, 1024**3)
    assert works(picture)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(signal.SIGSEGV, CorruptFile), (signal.SIGKILL, TooLarge), (signal.SIGABRT, TooLarge)],
)
def test_a_child_that_dies_is_replaced(
    number: int, kind: type[GalleryError], picture: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = pid()
    with pytest.raises(kind):
        in_child(LIMITS, signal.raise_signal, int(number))
    assert f"raise_signal of {int(number)}: the child ended with {-number}" in caplog.text
    assert works(picture)
    assert pid() != before


def test_a_child_that_died_while_idle_is_not_asked(picture: Path) -> None:
    os.kill(pid(), signal.SIGKILL)
    time.sleep(0.2)
    assert works(picture)


def test_an_unforeseen_failure_is_a_corrupt_file_and_is_logged(
    picture: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(CorruptFile):
        in_child(LIMITS, divmod, 1, 0)
    assert "ZeroDivisionError" in caplog.text
    assert works(picture)


def test_a_child_is_replaced_after_many_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_TASKS > 100
    monkeypatch.setattr("gallery.media.child_process.MAX_TASKS", 3)
    limits = Limits(59, LIMITS.memory_bytes)
    assert len({pid(limits) for _ in range(6)}) == 2


@pytest.mark.slow
def test_no_more_children_than_allowed_work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_places", child._places)
    child.allow(1)
    pid()
    with ThreadPoolExecutor(3) as threads:
        assert len(set(threads.map(lambda _: pid(), range(9)))) == 1
        busy = threads.submit(in_child, LIMITS, time.sleep, 3)
        time.sleep(0.2)
        with pytest.raises(Busy):
            in_child(SHORT, time.sleep, 0)
        busy.result()


FORBIDDEN: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (os.system, ("true",)),
    (subprocess.check_call, (["/bin/true"],)),
    (os.execv, ("/bin/true", ["true"])),
    (os.posix_spawn, ("/bin/true", ["true"], {})),
    (Path.write_text, (Path("/tmp/written-by-a-child"), "x")),
    (Path.unlink, (Path("/tmp/not-to-be-removed"),)),
    (socket.create_connection, (("127.0.0.1", 9),)),
    (os.kill, (os.getpid(), 0)),
]


@pytest.mark.parametrize(
    ("function", "arguments"), FORBIDDEN, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_child_may_do_nothing_but_read(
    function: Callable[..., Any], arguments: tuple[Any, ...], caplog: pytest.LogCaptureFixture
) -> None:
    if ctypes.CDLL(None).syscall(444, None, 0, 1) < 6:
        pytest.skip("this kernel's Landlock does not confine so much")
    kept = Path("/tmp/not-to-be-removed")
    kept.touch()
    if function is os.system:
        assert in_child(LIMITS, function, *arguments) != 0
        return
    with pytest.raises(CorruptFile):
        in_child(LIMITS, function, *arguments)
    assert "PermissionError" in caplog.text
    assert kept.exists()
    kept.unlink()


def test_a_child_knows_no_secret_and_no_web_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLERY_SECRET_KEY", "a secret")
    limits = Limits(58, LIMITS.memory_bytes)
    assert in_child(limits, os.getenv, "GALLERY_SECRET_KEY") is None
    in_child(limits, read_exif, Path("/dev/null"), Format.JPG)
    loaded = in_child(limits, eval, "set(__import__('sys').modules)")
    assert "gallery.media.exif" in loaded
    assert not loaded & {"flask", "sqlalchemy", "gallery.db"}


LOADED_BY_OTHERS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "ppm": b"P6\n2 2\n255\n" + bytes(12),
    "vips": bytes.fromhex("b6a6f208") + bytes(60),
    "matrix": b"2 2\n1 2\n3 4\n",
    "radiance": b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\x01\x01\x01\x01",
}


@pytest.mark.parametrize("kind", LOADED_BY_OTHERS)
def test_no_other_loader_runs_though_the_parent_let_one_in(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "drawing.jpg"
    path.write_bytes(LOADED_BY_OTHERS[kind])
    pyvips.operation_block_set("VipsForeignLoad", False)
    try:
        with pytest.raises(CorruptFile):
            in_child(LIMITS, make_renditions, path, Format.JPG, 1)
    finally:
        pyvips.operation_block_set("VipsForeignLoad", True)
        for loader in _ALLOWED:
            pyvips.operation_block_set(f"VipsForeignLoad{loader}", False)


WATCH = """
import sys
def watch(event, arguments):
    if event in ("subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"):
        raise AssertionError(event)
sys.addaudithook(watch)
"""


@pytest.mark.slow
def test_no_format_needs_another_program(tmp_path: Path) -> None:
    limits = Limits(57, LIMITS.memory_bytes)
    in_child(limits, exec, WATCH)
    with pytest.raises(CorruptFile):
        in_child(limits, os.system, "true")
    for format, content in SAMPLES.items():
        (tmp_path / format).write_bytes(content)
        in_child(limits, read_exif, tmp_path / format, format)
        _, jpegs = in_child(limits, make_renditions, tmp_path / format, format, 1)
        assert jpegs[100].startswith(b"\xff\xd8")


class Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("true",)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"no pickle",
        pickle.dumps(1),
        pickle.dumps((Evil(), None)),
        pickle.dumps((None, in_child)),
        pickle.dumps((1, None)),
        b"\x80\x04\x8c\x13gallery.media.child\x8c\x09os.system\x93\x8c\x04true\x85R.",
    ],
)
def test_an_answer_that_is_no_value_is_not_believed(said: bytes) -> None:
    with pytest.raises(ValueError, match="a child"):
        answer.unpickled(said)


@pytest.mark.slow
def test_children_end_with_their_parent(tmp_path: Path) -> None:
    program = (
        "import os, signal, time\nfrom gallery.media.child import in_child\nfrom tests.limits import LIMITS\n"
        "print(in_child(LIMITS, os.getpid), flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    orphan = Path(f"/proc/{int(done.stdout)}")
    deadline = time.monotonic() + 10
    while orphan.exists() and "Z" not in (orphan / "stat").read_text().rpartition(")")[2].split()[0]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
