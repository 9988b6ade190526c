"""A coast and a lake."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import AUTUMN, STORM, Light
from gallery.demo.sky import birds, ceiling, cumulus, haze_band, sky
from gallery.demo.terrain import water


def lighthouse(c: Canvas) -> None:
    """A harbour light in heavy weather; drawn upright."""
    light, level = STORM, 1330
    sky(c, light, level)
    ceiling(c, light, level, 0.75)
    beam_y = 560
    c.poly(
        [(760, beam_y), (-400, beam_y - 340), (-400, beam_y + 120)],
        c.linear(("#fff2c0", 0.0), ("#fff2c0", 0.55), across=True),
    )
    c.poly(
        [(760, beam_y), (1900, beam_y - 120), (1900, beam_y + 300)],
        c.linear(("#fff2c0", 0.5), ("#fff2c0", 0.0), across=True),
    )
    water(c, light, level, chop=2, deep="#152a33")
    c.poly(
        [(650, 1420), (690, 640), (830, 640), (870, 1420)],
        c.linear("#fff8ea", "#efe3cd", "#8b8f95", across=True),
    )
    for index in range(3):
        y0, y1 = 760 + index * 240, 880 + index * 240
        c.poly(
            [
                (690 - (y0 - 640) / 19.5, y0),
                (830 + (y0 - 640) / 19.5, y0),
                (830 + (y1 - 640) / 19.5, y1),
                (690 - (y1 - 640) / 19.5, y1),
            ],
            c.linear("#e0492f", "#b8321f", "#5c1c1a", across=True),
        )
    c.texture([(650, 1420), (690, 640), (830, 640), (870, 1420)], "plaster", 0.4)
    c.rect(664, 618, 192, 26, "#20262c")
    c.rect(706, 500, 108, 120, c.linear("#ffe9a0", "#fffbe0", "#ffdf8a"))
    for post in (706, 740, 776, 810):
        c.rect(post, 500, 6, 120, "#20262c")
    c.poly([(690, 504), (760, 420), (830, 504)], "#a02c1e")
    c.glow(760, beam_y, 330, "#fff0b8", 0.95)
    for _ in range(160):
        x, y = 760 + c.rng.gauss(0, 330), 1440 + c.rng.uniform(-40, 90)
        tone = c.rng.choice(("#2a3238", "#3d474c", "#1a2025", "#535c5e"))
        s = c.rng.uniform(30, 90)
        c.poly(
            [
                (x - s, y + s * 0.4),
                (x - s * 0.5, y - s * 0.5),
                (x + s * 0.4, y - s * 0.6),
                (x + s, y + s * 0.3),
            ],
            c.linear(shade(tone, 0.18), tone),
        )
    for _ in range(260):
        burst = c.rng.random()
        c.circle(
            1080 + c.rng.gauss(0, 90) + burst * 60,
            1400 - burst**2 * 420 + c.rng.gauss(0, 40),
            c.rng.uniform(3, 26) * (1.2 - burst),
            c.radial("#f4f8f6", 0.9),
        )
    c.path("M0,1560Q300,1490 620,1570T1180,1550T1500,1570V2000H0Z", c.linear("#4f6d74", "#1d343d", "#0f1d24"))
    c.texture(box(0, 1540, 1500, 460), "mottle", 0.8, (1.7, 0.4), white=True)
    birds(c, 380, 900, 9, 24, "#eef2ee")


def lake(c: Canvas) -> None:
    """Mountains doubled in a still lake, larches turning; drawn for a panorama."""
    light, level = AUTUMN, 560
    sky(c, light, level)
    cumulus(c, light, 2450, 300, 560)
    start = c.mark_count
    peaks = ((300, 420), (760, 470), (1180, 330), (1560, 500), (2080, 400), (2600, 460), (2900, 340))
    for x, tall in peaks:
        _peak(c, light, level, x, tall)
    c.texture(box(0, 60, 3000, level - 60), "plaster", 0.16)
    for index in range(420):
        _larch(c, light, level, c.rng.uniform(-20, 3020), index / 420)
    c.mirrored(level, 0.75, since=start)
    c.rect(0, level, 3000, 440, c.linear(("#dfe3d0", 0.1), ("#23405c", 0.6)))
    for _ in range(150):
        y = level + c.rng.random() ** 1.5 * 440
        c.oval(
            c.rng.uniform(0, 3000), y, c.rng.uniform(40, 260), 1 + (y - level) / 200, "#eef0e2", opacity=0.2
        )
    haze_band(c, light, level, 46, 0.7)


def _larch(c: Canvas, light: Light, level: float, x: float, near: float) -> None:
    tall = 26 + near * 70 * c.rng.uniform(0.5, 1.2)
    leaf = mix(
        c.rng.choice(("#d99a2e", "#c8752c", "#47633f", "#34533f", "#e0b84a")),
        light.haze,
        0.5 - near * 0.5,
    )
    y = level - 26 * (1 - near)
    c.poly(
        [(x - tall * 0.2, y), (x, y - tall), (x + tall * 0.2, y)],
        c.linear(shade(leaf, 0.15), shade(leaf, -0.25), across=True),
    )


def _peak(c: Canvas, light: Light, level: float, x: float, tall: float) -> None:
    far = mix("#5b6f94", light.haze, 0.42)
    left = [
        (x - tall * 1.25, level),
        (x - tall * 0.5, level - tall * 0.56),
        (x, level - tall),
        (x + tall * 0.06, level - tall * 0.7),
        (x - tall * 0.1, level - tall * 0.4),
        (x + tall * 0.04, level),
    ]
    c.poly(
        [
            (x, level - tall),
            (x + tall * 0.55, level - tall * 0.5),
            (x + tall * 1.3, level),
            (x - tall * 0.2, level),
        ],
        c.linear(shade(far, -0.3), mix(far, light.haze, 0.5)),
    )
    c.poly(left, c.linear(shade(far, 0.35), mix(far, light.haze, 0.6)))
    c.poly(
        [
            (x, level - tall),
            (x - tall * 0.3, level - tall * 0.72),
            (x - tall * 0.17, level - tall * 0.68),
            (x - tall * 0.08, level - tall * 0.6),
            (x + tall * 0.02, level - tall * 0.72),
            (x + tall * 0.13, level - tall * 0.64),
            (x + tall * 0.3, level - tall * 0.74),
        ],
        c.linear("#ffffff", "#d6deec", across=True),
    )
