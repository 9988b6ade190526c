"""The three servers that are compared: the gallery, nginx with files, and a plain ORM program."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import free_port, listening
from gallery.cli.serve import commands
from gallery.config import ROOT

THREADS = 4
_CONF = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr error;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 600;
  default_type "application/json; charset=utf-8";
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the process above all of its own."""

    port: int
    pid: int


@contextmanager
def gallery(environ: dict[str, str], app: str = "app:app") -> Iterator[Server]:
    """`flask serve` without its worker; `app` may name another WSGI program to run the same way."""
    port = free_port()
    command = [*commands("127.0.0.1", port, THREADS)[0][:-1], app]
    environ = {"GALLERY_PUBLIC_URL": f"http://127.0.0.1:{port}"} | environ
    with listening(command, port, environ, cwd=ROOT) as process:
        yield Server(port, process.pid)


def orm_program(environ: dict[str, str]) -> AbstractContextManager[Server]:
    """The same records, built from objects at every call."""
    return gallery(environ, "benchmarks.orm_program:app")


@contextmanager
def nginx(folder: Path, files: dict[str, bytes]) -> Iterator[Server]:
    """One worker of nginx that serves these files."""
    program = nginx_program()
    if program is None:
        raise FileNotFoundError("nginx is not installed; Debian's package is nginx-light")
    (folder / "files").mkdir(parents=True)
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    port = free_port()
    (folder / "nginx.conf").write_text(_CONF.format(folder=folder, port=port))
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    options = {"cwd": folder, "stderr": subprocess.DEVNULL} | _unprivileged(folder)
    with listening(command, port, {}, **options) as process:
        yield Server(port, process.pid)


def nginx_program() -> str | None:
    """Its path, which need not be an ordinary user's; None: it is not installed."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")


def _unprivileged(folder: Path) -> dict[str, object]:
    """Where root measures, nginx runs as nobody."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
