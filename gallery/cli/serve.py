"""`flask serve` and `flask worker`: the processes that run the gallery."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import click
from flask import current_app
from huey.consumer import Consumer

from gallery import config, current
from gallery.cli import demo
from gallery.cli.database import prepared_with_originals
from gallery.cli.failure import failing_in_words
from gallery.jobs import queue_of
from gallery.media import child
from gallery.notifying import Postman
from gallery.present.sync_document import refresh_documents
from gallery.web import compiled_templates

STOP_TIMEOUT_S = 15
PR_SET_PDEATHSIG = 1
"""From Linux's <sys/prctl.h>."""
START_TIMEOUT_S = 20


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=4, show_default=True, help="Requests answered at the same time.")
@click.option("--demo", "with_demo", is_flag=True, help="Add the demo albums first, and say how to sign in.")
@prepared_with_originals
@failing_in_words
def serve(host: str, port: int, threads: int, with_demo: bool) -> None:
    """Run the server and a worker until interrupted."""
    if not os.environ.get("GALLERY_PUBLIC_URL"):
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # compared, not bound
        config.remember_served_url(current.settings(), f"http://{shown}:{port}")
    refresh_documents(config.load_settings())
    _refuse_taken(host, port)
    if with_demo:
        demo.fill()

    def on_start() -> None:
        _greet(host, port, with_demo)
        compiled_templates.compile_all(current_app.jinja_env)

    run_together(commands(host, port, threads), on_start)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(
                f"The gallery cannot listen on {host} port {port}: {reason}. Another --port may be free."
            ) from error


def _greet(host: str, port: int, with_demo: bool) -> None:
    """Say where the gallery is, as soon as it answers."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    click.echo(f"\n  The gallery is at {config.load_settings().public_url}")
    if with_demo:
        email, password = demo.credentials()
        click.echo(f"  Sign in as {email} with the password {password}")
    else:
        click.echo("  People are added with: flask user add EMAIL --role admin")
    click.echo("  Ctrl+C stops it.\n")


def commands(host: str, port: int, threads: int) -> list[list[str]]:
    """The command lines of server and worker."""
    server = (
        "-m granian --interface wsgi --loop asyncio --workers 1 --no-ws --http 1 --log-level warning "
        f"--host {host} --port {port} --blocking-threads {threads} --respawn-failed-workers app:app"
    ).split()
    return [[sys.executable, *server], [sys.executable, "-m", "flask", "worker"]]


def run_together(command_lines: Sequence[list[str]], on_start: Callable[[], None]) -> None:
    """Run the processes until one ends or we are told to stop; then end them all."""
    signal.signal(signal.SIGTERM, _interrupt)
    processes = [
        subprocess.Popen(  # noqa: S603  # our own words
            line,
            cwd=config.ROOT,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  # no thread of ours holds a lock at this time
        )
        for line in command_lines
    ]
    status = 0
    try:
        on_start()
        ended, raw = os.wait()
        status = os.waitstatus_to_exitcode(raw)
        click.echo(f"A process of the gallery (pid {ended}) ended with {status}; stopping.", err=True)
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            _wait(process)
    sys.exit(status)


def _end_with_parent() -> None:
    """Where Linux can, have this process told to stop when its parent dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


@click.command()
@click.option(
    "--threads", default=os.cpu_count() or 1, show_default="cores", help="Images processed at once."
)
@prepared_with_originals
def worker(threads: int) -> None:
    """Process images as they arrive, until interrupted."""
    child.allow(threads)
    queue = queue_of(current_app)
    queue.look_after_uploads()
    queue.find_waiting()
    Postman(current_app._get_current_object(), current.settings()).start()  # type: ignore[attr-defined]
    Consumer(queue.huey, workers=threads, worker_type="thread", initial_delay=0.05, max_delay=1.0).run()
