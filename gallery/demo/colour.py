"""Colours are `#rrggbb` strings; everything here is plain sRGB arithmetic, as a poster printer would mix."""


def mix(first: str, second: str, share: float) -> str:
    """`share` runs from 0 (all of `first`) to 1 (all of `second`)."""
    share = min(1.0, max(0.0, share))
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def shade(colour: str, amount: float) -> str:
    """Darker below 0, lighter above, from -1 (ink) to 1 (paper)."""
    return mix(colour, "#0b1020", -amount) if amount < 0 else mix(colour, "#fff6e6", amount)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
