"""A sheet on which a scene is drawn: it collects SVG, and remembers how the picture is to be finished."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

from gallery.demo.texture import TILE_PX, tile_data_uri

Point = tuple[float, float]


class Canvas:
    """Units are drawing units, x to the right and y down; one unit is a pixel of an ordinary picture."""

    def __init__(self, width: int, height: int, seed: str) -> None:
        self.width, self.height = width, height
        self.rng = Random(seed)  # noqa: S311 - it places clouds and bricks
        self.grain, self.vignette, self.bloom = 5.0, 0.34, 0.35
        self.focus: tuple[float, float] | None = None
        """The height that is sharp and the distance to where it is not, in parts of the picture's height."""
        self._definitions: list[str] = []
        self._marks: list[str] = []
        self._known: dict[str, str] = {}

    def svg(self) -> bytes:
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}">'
        return f"{head}<defs>{''.join(self._definitions)}</defs>{''.join(self._marks)}</svg>".encode()

    def path(self, d: str, fill: str, **attributes: object) -> None:
        self._mark("path", d=d, fill=fill, **attributes)

    def poly(self, points: Iterable[Point], fill: str, **attributes: object) -> None:
        self.path(outline(points), fill, **attributes)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> None:
        size = {"width": f"{width:.1f}", "height": f"{height:.1f}"}
        self._mark("rect", x=f"{x:.1f}", y=f"{y:.1f}", **size, fill=fill, **attributes)

    def circle(self, x: float, y: float, radius: float, fill: str, **attributes: object) -> None:
        self._mark("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}", fill=fill, **attributes)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str, **attributes: object) -> None:
        radii = {"rx": f"{rx:.1f}", "ry": f"{ry:.1f}"}
        self._mark("ellipse", cx=f"{x:.1f}", cy=f"{y:.1f}", **radii, fill=fill, **attributes)

    def line(self, points: Sequence[Point], stroke: str, width: float, **attributes: object) -> None:
        d = "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.stroke(d, stroke, width, **attributes)

    def stroke(self, d: str, stroke: str, width: float, **attributes: object) -> None:
        ends = {"stroke_linecap": "round", "stroke_linejoin": "round"} | attributes
        self._mark("path", d=d, fill="none", stroke=stroke, stroke_width=f"{width:.2f}", **ends)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1.0) -> None:
        self.circle(x, y, radius, self.radial(colour, strength))

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.5) -> None:
        self.oval(x, y, rx, ry, self.radial("#0a0c18", strength))

    def linear(self, *stops: str | tuple[str, float], across: bool = False) -> str:
        """A gradient down the shape it fills (or across it); a stop is a colour, with or without opacity."""
        far = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        return self._define("linearGradient", f'x1="0" y1="0" {far}', _stops(stops))

    def radial(self, colour: str, strength: float = 1.0) -> str:
        """Full in the middle and nothing at the rim."""
        stops = [(colour, strength), (colour, strength * 0.45), (colour, strength * 0.12), (colour, 0.0)]
        return self._define("radialGradient", 'cx=".5" cy=".5" r=".5"', _stops(stops))

    def texture(
        self,
        points: Sequence[Point],
        kind: str = "mottle",
        strength: float = 0.3,
        scale: tuple[float, float] = (1, 1),
        *,
        white: bool = False,
    ) -> None:
        """Lays a grain over an outline; a `scale` of unequal parts makes streaks.

        The tile has its final size and moves by whole units: a scaled pattern takes ten times longer.
        """
        wide, tall = (max(24, round(TILE_PX * part)) for part in scale)
        size = f'width="{wide}" height="{tall}"'
        image = f'<image {size} href="{tile_data_uri(kind, white, wide, tall)}"/>'
        base = self._define("pattern", f'{size} patternUnits="userSpaceOnUse"', image)
        place = f'x="{self.rng.randrange(wide)}" y="{self.rng.randrange(tall)}"'
        self.poly(points, self._define("pattern", f'href="{base[4:-1]}" {place}', ""), opacity=strength)

    @contextmanager
    def group(
        self,
        *,
        blur: float = 0,
        clip: Iterable[Point] | None = None,
        transform: str = "",
        opacity: float = 1,
        blend: str = "",
    ) -> Iterator[None]:
        words = [f'opacity="{opacity}"'] if opacity < 1 else []
        if blur:
            inside = f'<feGaussianBlur stdDeviation="{blur}"/>'
            region = 'x="-20%" y="-20%" width="140%" height="140%"'
            words.append(f'filter="{self._define("filter", region, inside)}"')
        if clip is not None:
            inside = f'<path d="{outline(clip)}"/>'
            words.append(f'clip-path="{self._define("clipPath", "", inside)}"')
        if transform:
            words.append(f'transform="{transform}"')
        if blend:
            words.append(f'style="mix-blend-mode:{blend}"')
        self._marks.append(f"<g {' '.join(words)}>")
        yield
        self._marks.append("</g>")

    def everything(self) -> list[Point]:
        return box(0, 0, self.width, self.height)

    def mirrored(self, level: float, opacity: float, *, since: int) -> None:
        """What was drawn after mark number `since`, once more, upside down below `level`."""
        again = "".join(self._marks[since:])
        with self.group(clip=box(0, level, self.width, self.height - level)):
            self._marks.append(
                f'<g opacity="{opacity}" transform="matrix(1 0 0 -1 0 {2 * level})">{again}</g>'
            )

    @property
    def mark_count(self) -> int:
        return len(self._marks)

    def _mark(self, element: str, **attributes: object) -> None:
        if (
            "opacity" in attributes
        ):  # as the paint's own it is blended in place; as the element's it costs a layer
            kind = "stroke_opacity" if attributes["fill"] == "none" else "fill_opacity"
            attributes[kind] = attributes.pop("opacity")
        words = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        self._marks.append(f"<{element} {words}/>")

    def _define(self, element: str, attributes: str, inside: str) -> str:
        body = f"{attributes}>{inside}</{element}>"
        if body not in self._known:
            self._known[body] = f"url(#d{len(self._known)})"
            self._definitions.append(f'<{element} id="{self._known[body][5:-1]}" {body}')
        return self._known[body]


def outline(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z"


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def _stops(stops: Sequence[str | tuple[str, float]]) -> str:
    last = max(1, len(stops) - 1)
    pairs = [stop if isinstance(stop, tuple) else (stop, 1.0) for stop in stops]
    return "".join(
        f'<stop offset="{index / last:.3f}" stop-color="{colour}" stop-opacity="{opacity:.3f}"/>'
        for index, (colour, opacity) in enumerate(pairs)
    )
