"""The change feed deep in a long list, and how soon an edit is seen."""

import http.client
import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.client import Client
from benchmarks.processes import cpu_s
from benchmarks.rounds import medians
from benchmarks.servers import Server, gallery
from benchmarks.stock import Stock, cursor_at
from benchmarks.table import Figure

FEED = "/api/v1/image_syncs/changes?limit=10&cursor="
DEPTHS = (0.01, 0.9)


def run(stock: Stock, *, quick: bool) -> Iterator[Figure]:
    """A page of ten changes, and one edit."""
    requests, rounds = (50, 3) if quick else (300, 7)
    with ExitStack() as stack:
        server = stack.enter_context(gallery(stock.environ))
        client = stack.enter_context(closing(Client(server.port, stock.token)))
        paths = {depth: FEED + cursor_at(stock, int(len(stock.ids) * depth)) for depth in DEPTHS}

        def spend(path: str) -> float:
            before = cpu_s(server.pid)
            for _ in range(requests):
                client.get(path)
            return (cpu_s(server.pid) - before) / requests * 1e3

        early, late = (lambda depth=depth: spend(paths[depth]) for depth in DEPTHS)
        found = medians({"early": early, "late": late}, rounds)
        bare, edits = zip(
            *((_bare_edit_s(stock, number), _edit_s(server, stock, number)) for number in _edited(quick)),
            strict=True,
        )
    name = f"a page of 10 changes at 90 % of {len(stock.ids):,}, CPU"
    yield Figure(name, found["late"], "ms", "the same at 1 %", found["early"])
    for place, what in enumerate(("CPU", "wall")):
        ours, floor = (median(seconds[place] for seconds in each) * 1e3 for each in (edits, bare))
        name = f"an edit of {len(stock.ids):,} until its record is answered, {what}"
        yield Figure(name, ours, "ms", "floor: the title alone, by SQLite, on the disk", floor)


def _edited(quick: bool) -> range:
    return range(10 if quick else 50)


def _bare_edit_s(stock: Stock, number: int) -> tuple[float, float]:
    """(CPU, wall) of another title for the image that is edited next, as safe on the disk as ours."""
    path = Path(stock.environ["GALLERY_INSTANCE"]) / "gallery.db"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("SELECT last_seq FROM site").fetchall()
        begun, spent = perf_counter(), process_time()
        connection.execute("UPDATE image SET title = ? WHERE id = ?", (f"bare {number}", stock.ids[number]))
        return process_time() - spent, perf_counter() - begun


def _edit_s(server: Server, stock: Stock, number: int) -> tuple[float, float]:
    """(the server's CPU, wall) of one PUT and then the image's record, which must have it."""
    headers = {"Authorization": f"Bearer {stock.token}", "Content-Type": "application/json"}
    image_id = stock.ids[number]
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        connection.connect()
        begun, spent = perf_counter(), cpu_s(server.pid)
        body = json.dumps({"title": f"edit {number}"})
        connection.request("PUT", f"/api/v1/images/{image_id}", body, headers)
        connection.getresponse().read()
        connection.request("GET", f"/api/v1/image_syncs?ids={image_id}", headers=headers)
        (record,) = json.loads(connection.getresponse().read())
        ended, spent = perf_counter(), cpu_s(server.pid) - spent
    if record["title"] != f"edit {number}":
        raise RuntimeError("the edit is not seen")
    return spent, ended - begun
