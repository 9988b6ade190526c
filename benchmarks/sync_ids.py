"""CPU time of `image_syncs?ids=`: what the server's processes spend on one request."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.client import Client
from benchmarks.processes import cpu_s
from benchmarks.rounds import medians
from benchmarks.servers import Server, gallery, nginx, orm_program
from benchmarks.stock import Stock
from benchmarks.table import Figure

PATH = "/api/v1/image_syncs?ids="
RECORDED_COUNT, RECORDED_US = 4, 36_653.0
"""X-Runtime of the contract's recorded answer: 0.036653 seconds of wall time for its four images."""
LISTS = 20
"""So many different lists of ids are asked for in turn."""


def run(stock: Stock, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Four ids and a hundred."""
    for count, requests in ((4, 800), (100, 200)):
        effort = (requests // 4, 3) if quick else (requests, 9)
        yield from _measure(stock, folder / str(count), count, *effort)


def _measure(stock: Stock, folder: Path, count: int, requests: int, rounds: int) -> Iterator[Figure]:
    dice = random.Random(count)
    paths = [PATH + ",".join(dice.sample(stock.ids, count)) for _ in range(LISTS)]
    with ExitStack() as stack:
        enter = stack.enter_context
        ours, peer = enter(gallery(stock.environ)), enter(orm_program(stock.environ))
        asking = enter(closing(Client(ours.port, stock.token)))
        files = {f"{number}.json": asking.get(path) for number, path in enumerate(paths)}
        floor = enter(nginx(folder, files))
        names = [f"/{name}" for name in files]
        found = medians(
            {
                "ours": _spender(ours, asking, paths, requests),
                "nginx": _spender(floor, enter(closing(Client(floor.port, ""))), names, requests * 4),
                "orm": _spender(peer, enter(closing(Client(peer.port, ""))), paths, requests // 4),
            },
            rounds,
        )
    name = f"{count} ids of {len(stock.ids):,}, CPU a request"
    yield Figure(name, found["ours"], "µs", "floor: nginx, the same bytes as a file", found["nginx"])
    yield Figure(name, found["ours"], "µs", "peer: ORM objects and jsonify, no token", found["orm"])
    if count == RECORDED_COUNT:
        yield Figure(name, found["ours"], "µs", "what the contract's own server reported", RECORDED_US)


def _spender(server: Server, client: Client, paths: list[str], requests: int) -> Callable[[], float]:
    """Measures CPU µs a request."""

    def spend() -> float:
        before = cpu_s(server.pid)
        for number in range(requests):
            client.get(paths[number % len(paths)])
        return (cpu_s(server.pid) - before) / requests * 1e6

    return spend
