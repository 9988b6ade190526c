"""Whichever system call of an upload fails: nothing acknowledged is lost, nothing half-written is seen."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.nursery import Child, Nursery, wait_until
from tests.faults.witness import fsck, half_visible, lost, rows, undocumented

pytestmark = pytest.mark.slow

NewFiles = Callable[..., list[Path]]
MOST_CALLS = 100
"""An upload makes some 70 of one kind; one that makes more of them than this never ends."""
NAMED = (
    "Input/output error",
    "I/O error",
    "header cannot be read",
    "Busy: What looks at pictures was interrupted",
)
"""How the refusal names it; the last where libvips met it, which does not tell a bad disk from a bad file."""
CALLS = (
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "openat",
    "mkdir",
    "link",
    "unlink",
    "ftruncate",
)
NEVER_MADE = {"link", "ftruncate"}
"""By an upload today. Should one begin to make them, they are tried too."""


@pytest.fixture(scope="module")
def strace() -> str:
    """The program, where it may trace; else the test is skipped."""
    program = shutil.which("strace")
    if program is None:
        pytest.skip("strace is not installed; scripts/install-test-servers installs it")
    if subprocess.run([program, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody trace a process")
    return program


@contextmanager
def failing(strace: str, child: Child, call: str, number: int, log: Path) -> Iterator[None]:
    """Let the child's `number`-th such call from now on fail with EIO, until the end of the block."""
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={number}"]
    command = [strace, "-o", str(log), *inject, "-p", str(child.pid)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracer:
        try:
            status = Path(f"/proc/{child.pid}/status")
            wait_until(lambda: f"TracerPid:\t{tracer.pid}" in status.read_text(), child)
            yield
        finally:
            tracer.terminate()
            tracer.wait(30)


@pytest.mark.parametrize("call", CALLS)
def test_an_upload_survives_each_failing_call_and_succeeds_when_tried_again(
    nursery: Nursery,
    environ: dict[str, str],
    new_files: NewFiles,
    tmp_path: Path,
    strace: str,
    call: str,
    record_property: Callable[..., None],
) -> None:
    instance = Path(environ["INSTANCE"])
    (first,), files = new_files(1), new_files(MOST_CALLS + 1)
    gates = [tmp_path / f"gate-{number}" for number in range(MOST_CALLS + 1)]
    child = nursery.upload(environ, files, first=str(first), gates=[str(gate) for gate in gates], again=True)
    child.wait_for("ready")
    for number, (file, gate) in enumerate(zip(files, gates, strict=True), start=1):
        log = tmp_path / f"log-{number}"
        with failing(strace, child, call, number, log):
            gate.touch()
            wait_until(lambda number=number: over(child, number), child)
        said = [note for note in child.said() if note.get("file") == str(file)]
        assert child.said()[-1]["what"] != "crashed", child.said()[-1]
        assert said[-1]["what"] == "kept", said
        assert half_visible(instance) == []
        if "INJECTED" not in log.read_text():
            break
        if said[0]["what"] == "refused":
            assert any(words in said[0]["error"] for words in NAMED), said
    else:
        pytest.fail("an upload makes more calls than are tried")
    child.kill()
    record_property("calls", number - 1)
    assert (number == 1) == (call in NEVER_MADE)
    assert (lost(instance, [child]), undocumented(instance)) == ([], [])
    assert len(rows(instance, "SELECT id FROM image")) == 1 + number
    assert fsck(environ, "--repair")[0] == 0
    assert fsck(environ) == (0, [])


def over(child: Child, number: int) -> bool:
    """Whether the child is done with so many files."""
    said = [note["what"] for note in child.said()]
    return said.count("next") == number or said[-1] in ("done", "crashed")


def test_control_a_failure_that_is_injected_is_felt(
    nursery: Nursery, environ: dict[str, str], new_files: NewFiles, tmp_path: Path, strace: str
) -> None:
    (first,), (file,), gate = new_files(1), new_files(1), tmp_path / "gate"
    child = nursery.upload(environ, [file], first=str(first), gates=[str(gate)])
    child.wait_for("ready")
    with failing(strace, child, "rename", 1, tmp_path / "log"):
        gate.touch()
        child.wait_for("done")
    assert [note["what"] for note in child.said()] == ["kept", "ready", "refused", "next", "done"]
