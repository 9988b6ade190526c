"""A PostgreSQL of the tests' own: in a temporary folder, on a socket there, gone at the end."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

START_TIMEOUT_S = 30


def programs() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parents[1].name))
    return found[-1].parent if found else None


class Cluster:
    """A running server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def url(self, database: str) -> str:
        """The address of one of its databases, as the settings take it."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def create(self, template: str = "template1") -> str:
        """A new database, made from another, by name."""
        name = f"test_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever still holds it open."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running(bin_folder: Path) -> Iterator[Cluster]:
    """Start a server as an unprivileged user and stop it at the end. Nothing of it outlives a power cut."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    account = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    os.chown(folder, account.pw_uid, account.pw_gid)
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    data, log = folder / "data", folder / "log"
    init = [bin_folder / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*init, "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=40"]
    with log.open("w") as output:
        server = subprocess.Popen(
            [bin_folder / "postgres", "-D", data, "-k", folder, *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            **who,
        )
    try:
        cluster = Cluster(folder)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not cluster.answers():
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
            time.sleep(0.05)
        yield cluster
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(START_TIMEOUT_S)
        shutil.rmtree(folder)
