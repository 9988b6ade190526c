"""What a run has measured, as one table for eyes and for RESULTS.md."""

from dataclasses import dataclass

HEADINGS = ("measured", "the gallery", "beside", "theirs", "ratio")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number of ours, beside the same of a floor or a peer."""

    name: str
    ours: float
    unit: str
    beside: str = ""
    """Whose number `theirs` is, and whether that is a floor or a peer."""
    theirs: float | None = None
    """None: there is nothing to compare with."""

    def cells(self) -> tuple[str, ...]:
        """One line of the table; the ratio is ours by theirs."""
        if self.theirs is None:
            return (self.name, f"{_short(self.ours)} {self.unit}", "", "", "")
        ratio = f"{_short(self.ours / self.theirs)}×" if self.theirs else ""
        ours, theirs = (f"{_short(number)} {self.unit}" for number in (self.ours, self.theirs))
        return (self.name, ours, self.beside, theirs, ratio)


def markdown(figures: list[Figure]) -> str:
    """A Markdown table whose columns also stand straight in a terminal."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _short(number: float) -> str:
    """Three figures that count."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.3g}"
