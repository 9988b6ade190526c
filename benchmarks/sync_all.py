"""The whole list without ids: cost, time and memory of a long answer, and how they grow."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from benchmarks.client import Client, Read
from benchmarks.processes import cpu_s, forget_peak, resident_mb
from benchmarks.servers import Server, gallery, nginx
from benchmarks.stock import Stock
from benchmarks.table import Figure
from gallery import create_app
from gallery.config import load_settings
from gallery.db import db
from gallery.present.zipped_list import fill_blocks

PATH = "/api/v1/image_syncs"
Measured = tuple[Read, float]
"""What the client saw, and the server's CPU seconds."""
NGINX = "floor: nginx, the same bytes as a file"


LONGEST_BESIDE = 100_000
"""A longer list is measured alone: nginx would need gigabytes, and blocks minutes."""


def run(stock: Stock, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Every record that the person may see."""
    return (_beside if len(stock.ids) <= LONGEST_BESIDE else _alone)(stock, folder, quick=quick)


def _alone(stock: Stock, _folder: Path, *, quick: bool) -> Iterator[Figure]:
    with gallery(stock.environ) as server, closing(Client(server.port, stock.token)) as client:
        client.get(f"{PATH}?ids={stock.ids[0]}")
        rest_mb = resident_mb(server.pid, "VmRSS")
        forget_peak(server.pid)
        found = [_read(server, client, PATH) for _ in range(1 if quick else 3)]
        peak_mb = resident_mb(server.pid, "VmHWM")
    name = f"{len(stock.ids):,} records"
    yield Figure(f"{name}, server CPU", median(cpu for _, cpu in found), "s")
    yield Figure(f"{name}, first byte", median(read.first_byte_s for read, _ in found) * 1e3, "ms")
    beside = "floor: the same server before its first long answer"
    yield Figure(f"{name}, peak memory", peak_mb, "MB", beside, rest_mb)


def _beside(stock: Stock, folder: Path, *, quick: bool) -> Iterator[Figure]:
    with ExitStack() as stack:
        enter = stack.enter_context
        ours = enter(gallery(stock.environ))
        asking = enter(closing(Client(ours.port, stock.token)))
        floor = enter(nginx(folder, {"all.json": asking.get(PATH)}))
        plain = enter(closing(Client(floor.port, "")))
        forget_peak(ours.pid)
        rounds = range(2 if quick else 5)
        pairs = [(_read(ours, asking, PATH), _read(floor, plain, "/all.json")) for _ in rounds]
        peak_mb, rest_mb = resident_mb(ours.pid, "VmHWM"), _at_rest_mb(stock)
        cat_s = median(_cat_s(folder / "files" / "all.json") for _ in rounds)
    yield from _figures(f"{len(stock.ids):,} records", pairs, cat_s)
    yield from _zipped(stock, quick=quick)
    name = f"{len(stock.ids):,} records, peak memory"
    yield Figure(name, peak_mb, "MB", "floor: the same server before its first long answer", rest_mb)


def _zipped(stock: Stock, *, quick: bool) -> Iterator[Figure]:
    """The same list for who takes gzip, beside the plain one."""
    with create_app(load_settings(stock.environ)).app_context():
        while fill_blocks(10_000):
            pass
        db.session.remove()
        db.engine.dispose()
    with ExitStack() as stack:
        enter = stack.enter_context
        server = enter(gallery(stock.environ))
        plain = enter(closing(Client(server.port, stock.token)))
        asking = enter(closing(Client(server.port, stock.token, **{"Accept-Encoding": "gzip"})))
        rounds = range(2 if quick else 5)
        pairs = [(_read(server, asking, PATH), _read(server, plain, PATH)) for _ in rounds]
    name, beside = f"{len(stock.ids):,} records as gzip", "peer: the plain list"
    for what, unit, number in (
        ("server CPU", "s", lambda _, cpu: cpu),
        ("size", "MB", lambda read, _: read.size_bytes / 1e6),
        ("first byte", "ms", lambda read, _: read.first_byte_s * 1e3),
    ):
        ours, theirs = (median(number(*pair[side]) for pair in pairs) for side in (0, 1))
        yield Figure(f"{name}, {what}", ours, unit, beside, theirs)


def _figures(name: str, pairs: list[tuple[Measured, Measured]], cat_s: float) -> Iterator[Figure]:
    def ours(number: Callable[[Read, float], float]) -> float:
        return median(number(*pair[0]) for pair in pairs)

    def theirs(number: Callable[[Read, float], float]) -> float:
        return median(number(*pair[1]) for pair in pairs)

    def beside(what: str, unit: str, number: Callable[[Read, float], float]) -> Figure:
        return Figure(f"{name}, {what}", ours(number), unit, NGINX, theirs(number))

    yield beside("server CPU", "s", lambda _, cpu: cpu)
    yield Figure(f"{name}, server CPU", ours(lambda _, cpu: cpu), "s", "floor: cat of the file, CPU", cat_s)
    yield beside("wall", "s", lambda read, _: read.wall_s)
    yield beside("speed", "MB/s", lambda read, _: read.size_bytes / read.wall_s / 1e6)
    yield beside("first byte", "ms", lambda read, _: read.first_byte_s * 1e3)


def _read(server: Server, client: Client, path: str) -> Measured:
    before = cpu_s(server.pid)
    read = client.read(path)
    return read, cpu_s(server.pid) - before


def _at_rest_mb(stock: Stock) -> float:
    """A fresh server that has answered one short call."""
    with gallery(stock.environ) as server, closing(Client(server.port, stock.token)) as client:
        client.get(f"{PATH}?ids={stock.ids[0]}")
        return resident_mb(server.pid, "VmRSS")


def _cat_s(path: Path) -> float:
    before = _children_s()
    with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as cat:
        assert cat.stdout
        while cat.stdout.read(1024 * 1024):
            pass
    return _children_s() - before


def _children_s() -> float:
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
