"""Interleaved rounds: on a machine that others use, rivals must be measured in the same minutes."""

import time
from collections.abc import Callable, Mapping
from statistics import median


def medians(measures: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Run every measure once a round, after one that does not count; the median of each."""
    seen: dict[str, list[float]] = {name: [] for name in measures}
    for measure in measures.values():
        measure()
    for _ in range(rounds):
        for name, measure in measures.items():
            seen[name].append(measure())
    return {name: median(numbers) for name, numbers in seen.items()}


def cpu_ms(work: Callable[[], object]) -> Callable[[], float]:
    """A measure of what the work costs in this process."""

    def measure() -> float:
        begun = time.process_time()
        work()
        return (time.process_time() - begun) * 1e3

    return measure
