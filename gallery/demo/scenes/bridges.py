"""Bridges from afar and from the deck."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas
from gallery.demo.colour import mix, shade
from gallery.demo.light import DAWN, MORNING
from gallery.demo.sky import birds, cumulus, haze_band, sky, sun, veils
from gallery.demo.terrain import glitter, ridge, town, water


def cable_stayed(c: Canvas) -> None:
    """A long cable-stayed crossing at dawn; drawn for a panorama."""
    light, level = DAWN, 720
    sky(c, light, level)
    sun(c, light, 2240, 560, 52)
    veils(c, light, 120, 640, 26)
    ridge(c, level, 130, mix(light.haze, light.sky[0], 0.35), foot=light.haze)
    town(c, level, mix(light.haze, light.shadow, 0.3), height=60, step=40)
    haze_band(c, light, level, 150, 0.85)
    start = c.mark_count
    ink = mix(light.shadow, light.haze, 0.16)
    for x, tall in ((980, 540), (1960, 470)):
        _pylon(c, x, level, tall, ink)
    deck = f"M-20,{level - 96}Q1450,{level - 230} 3020,{level - 96}"
    c.stroke(deck, ink, 17)
    c.stroke(
        deck.replace("M-20,", "M-20,").replace("-230", "-240"), mix(ink, light.sun, 0.55), 3, opacity=0.7
    )
    for x in range(60, 3000, 165):
        if abs(x - 980) > 110 and abs(x - 1960) > 110:
            c.rect(x, level - 150, 14, 150, ink)
    c.mirrored(level, 0.5, since=start)
    water(c, light, level, chop=0.8, deep="#3b4a78")
    glitter(c, 2240, level + 4, "#ffeebc", width=70, count=190)
    haze_band(c, light, level + 10, 60, 0.6)
    birds(c, 1500, 300, 14, 14, light.shadow)


def _pylon(c: Canvas, x: float, y: float, tall: float, ink: str) -> None:
    deck = y - 158
    for index in range(1, 15):
        for side in (-1, 1):
            c.line([(x, y - tall + index * 11), (x + side * (60 + index * 27), deck + index * 1.4)], ink, 1.7)
    c.poly(
        [
            (x - 34, y),
            (x - 22, deck),
            (x - 7, y - tall),
            (x + 7, y - tall),
            (x + 22, deck),
            (x + 34, y),
            (x + 18, y),
            (x + 11, deck),
            (x, y - tall + 130),
            (x - 11, deck),
            (x - 18, y),
        ],
        ink,
    )
    c.circle(x, y - tall - 6, 5, "#ff5a48")
    c.glow(x, y - tall - 6, 40, "#ff5a48", 0.8)


def deck(c: Canvas) -> None:
    """The empty carriageway between two fans of cables."""
    light = MORNING
    camera = Camera(1000, 930, 1150, 1.7, haze=light.haze, reach_m=260)
    sky(c, light, 940)
    cumulus(c, light, 380, 760, 620)
    cumulus(c, light, 1640, 640, 460)
    ridge(c, 935, 44, mix(light.haze, "#5b7f7a", 0.5), foot=light.haze)
    camera.face(
        c, [(-7, 0, 1.2), (7, 0, 1.2), (7, 0, 900), (-7, 0, 900)], c.linear("#9aa6ab", "#565d66", "#3d434c")
    )
    c.texture([camera.see(-7, 0, 1.2), camera.see(7, 0, 1.2), camera.see(0, 0, 900)], "speckle", 0.5)
    for side in (-1, 1):
        camera.face(
            c, [(side * 7, 0, 1.2), (side * 12, 0, 1.2), (side * 12, 0, 900), (side * 7, 0, 900)], "#c6c4ba"
        )
        camera.face(
            c,
            [(side * 6.4, 0.01, 1), (side * 6.6, 0.01, 1), (side * 6.6, 0.01, 600), (side * 6.4, 0.01, 600)],
            "#f2efe2",
        )
        _railing(c, camera, side)
    for z in range(3, 240, 9):
        camera.face(c, [(-0.1, 0.01, z), (0.1, 0.01, z), (0.1, 0.01, z + 4), (-0.1, 0.01, z + 4)], "#f5f2e6")
    tower = camera.far("#d8d3c6", 70)
    for side in (-1, 1):
        camera.face(
            c,
            [(side * 11, 0, 120), (side * 15, 0, 120), (side * 3.2, 74, 120), (side * 0.8, 74, 120)],
            tower if side < 0 else shade(tower, -0.22),
        )
        for index in range(26):
            foot, head = (
                camera.see(side * 11, 0.4, 8 + index * 7.2),
                camera.see(side * 1.6, 74 - abs(index - 14) * 0.3, 120),
            )
            c.line([foot, head], mix("#4e5c68", light.haze, index / 34), 7.5 / (1 + index * 0.5) + 0.9)
    camera.face(c, [(-8, 34, 119), (8, 34, 119), (8, 38, 119), (-8, 38, 119)], shade(tower, -0.12))
    c.rect(0, 700, c.width, 800, c.linear(("#fff1cf", 0), ("#ffe6b8", 0.18)))


def _railing(c: Canvas, camera: Camera, side: int) -> None:
    for height in (0.4, 0.75, 1.1):
        c.line(
            [camera.see(side * 11.5, height, z) for z in (2, 6, 20, 80, 400)],
            "#3b5566",
            4 if height > 1 else 2,
        )
    for index in range(70):
        z = 3 + index * 2.2
        c.line(
            [camera.see(side * 11.5, 0, z), camera.see(side * 11.5, 1.1, z)],
            camera.far("#3b5566", z),
            max(0.8, 26 / z),
        )
