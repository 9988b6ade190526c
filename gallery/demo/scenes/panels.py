"""Solar panels, near and in rows."""

from math import cos, sin, tau

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, Point
from gallery.demo.colour import mix, shade
from gallery.demo.light import GOLD
from gallery.demo.sky import rays, sky, sun, veils
from gallery.demo.terrain import grass, ground, ridge


def rows_at_evening(c: Canvas) -> None:
    """Rows of panels that run to low hills, the sun behind them."""
    light = GOLD
    camera = Camera(760, 640, 1200, 4.2, haze=light.haze, reach_m=130)
    sky(c, light, 640)
    sun(c, light, 1420, 470, 58)
    veils(c, light, 100, 560, 14)
    ridge(c, 650, 120, mix("#8a6a72", light.haze, 0.45), foot=light.haze)
    ridge(c, 660, 60, mix("#7a6a4c", light.haze, 0.25), foot="#c9a45e")
    ground(c, 648, "#d9b06a", "#6e5a2e")
    for index in range(22, -1, -1):
        _panel_row(c, camera, 7.5 + index * 6.5)
    grass(c, 1330, 1560, ("#8a7434", "#c9a85a", "#5c5226", "#e2c87c"), count=700, height=120)
    rays(c, 1420, 470, 1900, "#ffe8a8", 0.13)
    c.focus = (0.56, 0.62)


def _panel_row(c: Canvas, camera: Camera, z: float) -> None:
    reach = min(120.0, 12 + z * 1.1)
    camera.face(
        c,
        [(-reach, 0, z - 1), (reach, 0, z - 1), (reach, 0, z + 1.4), (-reach, 0, z + 1.4)],
        "#4a3a24",
        opacity=0.5,
    )
    step = 2.2 if z < 60 else 8.8
    x = -reach
    while x < reach:
        for post in ((x, 0.0, z + 1.2), (x, 0.0, z + 0.4)) if z < 45 else ():
            c.line([camera.see(*post), camera.see(post[0], 1.5, post[2])], camera.far("#5d5a58", z), 30 / z)
        corners = [
            (x + 0.05, 0.7, z),
            (x + step - 0.05, 0.7, z),
            (x + step - 0.05, 2.5, z + 1.6),
            (x + 0.05, 2.5, z + 1.6),
        ]
        glare = max(0.0, 1 - abs(camera.see(x, 1, z)[0] - 1380) / 560)
        blue = mix("#1d3358", "#f3b768", glare * 0.5)
        points = camera.face(c, corners, camera.far(mix(blue, "#2c4a7c", c.rng.random() * 0.35), z))
        if z < 60:
            c.poly(points, "none", stroke=camera.far("#d8d2c2", z), stroke_width=max(0.6, 16 / z))
            if z < 30:
                for t in (0.25, 0.5, 0.75):
                    c.line(
                        [_between(points[0], points[3], t), _between(points[1], points[2], t)],
                        "#7d8ca4",
                        7 / z,
                    )
                c.line(
                    [_between(points[0], points[1], 0.5), _between(points[3], points[2], 0.5)],
                    "#7d8ca4",
                    7 / z,
                )
        x += step


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def broken_panel(c: Canvas) -> None:
    """One panel close up, its glass struck, clouds mirrored in the cells."""
    c.rect(0, 0, c.width, c.height, c.linear("#0f2547", "#1e4880", "#12284c"))
    with c.group(transform="skewY(-7) translate(0 110)"):
        for row in range(-1, 6):
            for column in range(-1, 7):
                x, y = column * 312 + 30, row * 312
                blue = mix("#173a6c", "#0d2145", c.rng.random())
                c.rect(x, y, 300, 300, c.linear(shade(blue, 0.14), blue, shade(blue, -0.2)), rx=34)
                for finger in range(30):
                    c.rect(x, y + 5 + finger * 10, 300, 1.3, "#8fb0d8", opacity=0.35)
                for bar in (70, 150, 230):
                    c.rect(x + bar, y - 8, 8, 316, c.linear("#e8eef2", "#93a5b4"))
    for x, y, rx, ry in (
        (500, 300, 620, 150),
        (1500, 560, 700, 190),
        (700, 1050, 560, 120),
        (1750, 1200, 400, 100),
    ):
        c.oval(x, y, rx, ry, c.radial("#eaf4ff", 0.62))
    centre = (1180.0, 700.0)
    for index in range(30):
        angle, reach, points = tau * index / 30 + c.rng.uniform(-0.1, 0.1), 26.0, [centre]
        while reach < c.rng.uniform(300, 900):
            angle += c.rng.gauss(0, 0.09)
            points.append((centre[0] + cos(angle) * reach, centre[1] + sin(angle) * reach))
            reach *= 1.3
        c.line(points, "#f4fbff", c.rng.uniform(1.2, 3.6), opacity=0.85)
        c.line([(x + 3, y + 4) for x, y in points], "#050d1e", 2, opacity=0.6)
    for radius in (46, 92, 160, 250):
        ring = [
            (
                centre[0] + cos(a / 17 * tau) * radius * c.rng.uniform(0.85, 1.15),
                centre[1] + sin(a / 17 * tau) * radius * c.rng.uniform(0.85, 1.15),
            )
            for a in range(18)
        ]
        c.line(ring, "#eaf6ff", 1.8, opacity=0.75)
    c.circle(*centre, 30, c.radial("#ffffff", 1))
    c.focus = (0.47, 0.75)
