"""The change feed deep in a long list, and how soon an edit is seen."""

import http.client
import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from statistics import median
from time import perf_counter

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
        edits = [_edit_s(server, stock, number) for number in range(10 if quick else 50)]
    name = f"a page of 10 changes at 90 % of {len(stock.ids):,}, CPU"
    yield Figure(name, found["late"], "ms", "the same at 1 %", found["early"])
    for what, seconds in zip(("CPU", "wall"), zip(*edits, strict=True), strict=True):
        name = f"an edit of {len(stock.ids):,} until its record is answered, {what}"
        yield Figure(name, median(seconds) * 1e3, "ms")


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
