"""Digging."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas
from gallery.demo.colour import mix, shade
from gallery.demo.light import MORNING
from gallery.demo.sky import cumulus, sky
from gallery.demo.terrain import ground, ridge, town


def cable_trench(c: Canvas) -> None:
    """An open trench with red conduit, spoil beside it; a small digger further on."""
    light = MORNING
    camera = Camera(1180, 560, 1100, 2.1, yaw_deg=0, haze=light.haze, reach_m=90)
    sky(c, light, 570)
    cumulus(c, light, 420, 470, 420)
    ridge(c, 575, 60, mix("#6f8a64", light.haze, 0.4), foot="#b8a468")
    ground(c, 565, "#c9aa6c", "#8a5f38", strength=0.6)
    camera.face(c, [(-2.6, 0, 1.4), (-0.4, 0, 1.4), (-0.4, 0, 60), (-2.6, 0, 60)], "#3a2416")
    wall = camera.face(c, [(-2.6, 0, 1.4), (-2.2, -1.3, 1.4), (-2.2, -1.3, 60), (-2.6, 0, 60)], "#6a4527")
    c.texture(wall, "plaster", 0.9)
    other = camera.face(c, [(-0.4, 0, 1.4), (-0.8, -1.3, 1.4), (-0.8, -1.3, 60), (-0.4, 0, 60)], "#9a6a3c")
    c.texture(other, "plaster", 0.7)
    for x, tint in ((-1.9, "#c93a28"), (-1.55, "#d9472f"), (-1.2, "#2a2a2e")):
        pipe = [(x, -1.1, 1.5), (x + 0.25, -1.1, 1.5), (x + 0.25, -1.1, 55), (x, -1.1, 55)]
        camera.face(c, pipe, c.linear(shade(tint, 0.25), tint, shade(tint, -0.5), across=True))
    for index in range(900):
        z = 2 + (1 - index / 900) ** 2 * 46
        x, y = 1.3 + c.rng.gauss(0, 0.55), abs(c.rng.gauss(0, 0.32))
        px, py = camera.see(x, y, z)
        tone = camera.far(c.rng.choice(("#7a4f2c", "#a0703f", "#5a3a22", "#b98a55")), z)
        size = c.rng.uniform(20, 95) / z
        c.poly(
            [
                (px - size, py + size * 0.5),
                (px - size * 0.3, py - size * 0.6),
                (px + size * 0.7, py - size * 0.3),
                (px + size, py + size * 0.5),
            ],
            tone,
        )
    digger(c, 1210, 640, 0.34)
    c.focus = (0.62, 0.6)


def roadworks(c: Canvas) -> None:
    """Cones, barriers and a digger in the road, early."""
    camera = Camera(1000, 640, 1150, 1.7, haze="#dfe6e0", reach_m=90)
    sky(c, MORNING, 660)
    cumulus(c, MORNING, 1560, 420, 480)
    town(c, 660, "#a9b6b8", height=180, step=90)
    town(c, 665, "#8f9c94", height=90, step=60)
    road = camera.face(
        c,
        [(-40, 0, 1.5), (40, 0, 1.5), (40, 0, 200), (-40, 0, 200)],
        c.linear("#a9aaa6", "#74757a", "#4c4d55"),
    )
    c.texture(road, "speckle", 0.9, (2, 0.8))
    for z in range(3, 90, 6):
        camera.face(
            c, [(1.2, 0.01, z), (1.36, 0.01, z), (1.36, 0.01, z + 2.6), (1.2, 0.01, z + 2.6)], "#f4f0e2"
        )
    hole = camera.face(
        c,
        [(-4.6, 0.01, 5), (-1.2, 0.01, 5), (-0.9, 0.01, 13), (-4.9, 0.01, 13)],
        c.linear("#4a3428", "#2c1d16"),
    )
    c.texture(hole, "plaster", 1)
    digger(c, 560, 900, 0.82)
    for index, (x, away) in enumerate(
        ((0.5, 22.0), (0.3, 15), (0.1, 10.5), (0.2, 7.4), (0.6, 5.2), (1.1, 3.7))
    ):
        _cone(c, *camera.see(x, 0, away), 900 / away, tilt=9 if index == 3 else 0)
    c.poly(c.everything(), c.linear(("#ffe9b0", 0.3), ("#ffe9b0", 0), ("#18203c", 0.28), across=True))
    c.focus = (0.72, 0.6)


def _cone(c: Canvas, x: float, y: float, size: float, *, tilt: float) -> None:
    c.shadow(x + size * 0.35, y, size * 0.6, size * 0.09, 0.7)
    orange = c.linear("#ffa05c", "#f0641e", "#8f2f10", across=True)
    with c.group(transform=f"rotate({tilt} {x:.0f} {y:.0f})"):
        c.poly(
            [
                (x - size * 0.34, y),
                (x - size * 0.3, y - size * 0.07),
                (x + size * 0.3, y - size * 0.07),
                (x + size * 0.34, y),
            ],
            "#8f2f10",
        )
        c.poly(
            [
                (x - size * 0.23, y - size * 0.07),
                (x - size * 0.045, y - size * 0.9),
                (x + size * 0.045, y - size * 0.9),
                (x + size * 0.23, y - size * 0.07),
            ],
            orange,
        )
        for low, high in ((0.3, 0.46), (0.58, 0.7)):
            a, b = 0.245 - low * 0.222, 0.245 - high * 0.222
            c.poly(
                [
                    (x - size * a, y - size * low),
                    (x - size * b, y - size * high),
                    (x + size * b, y - size * high),
                    (x + size * a, y - size * low),
                ],
                c.linear("#ffffff", "#f2f2ee", "#9a9fa6", across=True),
            )


def digger(c: Canvas, x: float, y: float, size: float, *, paint: str = "#e8a21c") -> None:
    """An excavator, its tracks standing on `y`; about 1000 units wide at size 1."""
    with c.group(transform=f"translate({x} {y}) scale({size})"):
        c.shadow(0, 10, 620, 60, 0.8)
        c.rect(-330, -130, 620, 130, "#23242a", rx=65)
        for index in range(7):
            c.circle(-262 + index * 81, -65, 42, "#4a4b52")
            c.circle(-262 + index * 81, -65, 16, "#17181d")
        c.rect(-330, -130, 620, 22, "#4b4b50", rx=11)
        c.path(
            "M-360,-160L-350,-330Q-340,-380 -280,-385L40,-390L60,-160Z",
            c.linear(shade(paint, 0.3), paint, shade(paint, -0.35)),
        )
        c.texture([(-360, -160), (-340, -385), (40, -390), (60, -160)], "plaster", 0.35)
        for index in range(5):
            c.rect(-320, -350 + index * 26, 130, 12, shade(paint, -0.55))
        c.path(
            "M20,-160L20,-520Q24,-560 70,-560L200,-560Q240,-560 250,-520L290,-160Z",
            c.linear(shade(paint, 0.2), shade(paint, -0.25)),
        )
        c.path("M48,-290L52,-530L190,-530L228,-290Z", c.linear("#a8cdd6", "#3c5a68"))
        c.poly([(80, -530), (120, -530), (84, -290), (52, -290)], "#f2fbff", opacity=0.4)
        c.stroke("M180,-230L420,-720L800,-560", shade(paint, -0.35), 78)
        c.stroke("M176,-238L416,-728L796,-568", paint, 56)
        c.stroke("M800,-560L900,-180", shade(paint, -0.1), 44)
        c.stroke("M250,-300L420,-560", "#3a3b42", 26)
        c.stroke("M250,-300L350,-450", "#d6d9dc", 14)
        c.stroke("M520,-700L800,-600", "#3a3b42", 20)
        c.path(
            "M850,-210L960,-200L950,-70Q900,10 790,-30L770,-70Q850,-80 850,-210Z",
            c.linear("#55565e", "#26272d"),
        )
        for tooth in range(4):
            c.poly([(775 + tooth * 20, -50), (765 + tooth * 20, -8), (795 + tooth * 20, -40)], "#c9c4b4")
