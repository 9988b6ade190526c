"""Roofs one stands on."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas
from gallery.demo.colour import mix, shade
from gallery.demo.light import AUTUMN
from gallery.demo.scenes.plant import fan
from gallery.demo.sky import cumulus, sky


def shingles(c: Canvas) -> None:
    """A run of asphalt shingles with a few torn, in raking light."""
    c.rect(0, 0, c.width, c.height, "#2c2a30")
    missing = {(7, 9), (7, 10), (8, 9), (11, 4)}
    for row in range(17):
        y = -60 + row * 98
        for column in range(16):
            x = -110 + column * 150 + (row % 3) * 50
            tone = c.rng.choice(("#6d5a56", "#7d665a", "#5c5258", "#8a7264", "#4f4a52", "#77605c"))
            if (row, column) in missing:
                c.rect(x, y, 148, 120, c.linear("#1b1a1e", "#3d3530"))
                c.line([(x + 12, y + 70), (x + 70, y + 52), (x + 138, y + 84)], "#b89a72", 5)
                continue
            c.rect(x, y + 14, 150, 104, "#0e0d12", opacity=0.6)
            drop = c.rng.uniform(-4, 7)
            c.poly(
                [
                    (x + 2, y),
                    (x + 147, y),
                    (x + 147, y + 100 + drop),
                    (x + 2, y + 100 + c.rng.uniform(-4, 7)),
                ],
                c.linear(shade(tone, -0.35), tone, shade(tone, 0.14)),
            )
    c.texture(c.everything(), "speckle", 0.9, (1.2, 1.2))
    c.texture(c.everything(), "speckle", 0.6, (1.6, 1.6), white=True)
    c.texture(c.everything(), "mottle", 0.4, (3, 3))
    for x, y in ((300, 420), (1640, 1180)):
        for _ in range(60):
            c.circle(
                x + c.rng.gauss(0, 70),
                y + c.rng.gauss(0, 44),
                c.rng.uniform(5, 20),
                c.rng.choice(("#6f8a4a", "#8aa05a", "#556b38")),
                opacity=0.8,
            )
    c.poly(c.everything(), c.linear(("#ffdca0", 0.42), ("#ffdca0", 0.05), ("#101830", 0.45), across=True))
    c.focus = (0.5, 0.62)


def flat_roof(c: Canvas) -> None:
    """Air handlers and pipes on a gravel roof; towers beyond."""
    light = AUTUMN
    camera = Camera(900, 640, 1150, 5, haze=light.haze, reach_m=160)
    sky(c, light, 700)
    cumulus(c, light, 420, 400, 620)
    cumulus(c, light, 1560, 300, 420)
    for row, (height, tone) in enumerate(((420, 0.62), (300, 0.4), (170, 0.2))):
        x = -40.0
        while x < c.width:
            wide, tall = c.rng.uniform(70, 170), height * c.rng.uniform(0.35, 1)
            face = mix(c.rng.choice(("#5b6f84", "#8b7a6c", "#4e5d6c", "#a0887a")), light.haze, tone)
            c.rect(x, 700 - tall, wide, tall + 20, c.linear(shade(face, 0.25), face, across=True))
            for storey in range(int(tall / 17)):
                c.rect(x + 7, 707 - tall + storey * 17, wide - 14, 6, mix("#2c3d50", light.haze, tone + 0.1))
            x += wide + c.rng.uniform(-4, 50) * (row + 1) / 2
    floor = camera.face(
        c, [(-60, 0, 3), (60, 0, 3), (60, 0, 40), (-60, 0, 40)], c.linear("#cfc5b2", "#a59a8b", "#7f776f")
    )
    c.texture(floor, "speckle", 1, (1.4, 0.7))
    camera.block(c, (-60, 0, 40), (120, 1.0, 0.5), "#b9a690")
    for x, z, w, h, d in (
        (-9, 30, 6, 3.2, 4),
        (5, 32, 8, 2.6, 4),
        (-6.5, 17, 4.6, 2.9, 3),
        (3.2, 13.5, 3.6, 2.4, 2.6),
    ):
        _air_handler(c, camera, x, z, w, h, d)
    for x in (-1.5, -1.0):
        c.line([camera.see(x, 0.35, 4), camera.see(x, 0.35, 34)], "#6d6862", 16)
        c.line([camera.see(x - 0.04, 0.4, 4), camera.see(x - 0.04, 0.4, 34)], "#e8e0d0", 5)
    c.poly(c.everything(), c.linear(("#fff0c8", 0.22), ("#fff0c8", 0), ("#2a2438", 0.22), across=True))


def _air_handler(c: Canvas, camera: Camera, x: float, z: float, w: float, h: float, d: float) -> None:
    camera.face(
        c,
        [
            (x + 0.4, 0.01, z - 0.1),
            (x + w + 2.6, 0.01, z + 0.4),
            (x + w + 2.6, 0.01, z + d),
            (x + w, 0.01, z + d),
        ],
        "#3d3640",
        opacity=0.5,
    )
    camera.block(c, (x, 0, z), (w, h, d), "#c3c8c6", 0.2)
    points = [camera.see(x, 0, z), camera.see(x + w, h, z)]
    left, right, top, bottom = points[0][0], points[1][0], points[1][1], points[0][1]
    c.rect(left, top, right - left, bottom - top, c.linear("#dfe2dd", "#a8aeac"))
    for index in range(12):
        c.rect(left + 14, top + 20 + index * (bottom - top - 40) / 12, (right - left) * 0.4, 4, "#5d666a")
    radius = (bottom - top) * 0.3
    fan(c, right - radius * 1.4, (top + bottom) / 2, radius)
