"""Bridges, from far away, from the deck and from below."""

from math import cos, pi, sin, tau

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import DAWN, MORNING, NIGHT
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


def truss(c: Canvas) -> None:
    """Through a riveted railway bridge, portal after portal."""
    light = MORNING
    camera = Camera(900, 900, 1250, 2.4, haze="#e6e9dc", reach_m=110)
    sky(c, light, 920)
    cumulus(c, light, 1500, 620, 620)
    ridge(c, 910, 90, mix("#5f8a72", light.haze, 0.5), foot=light.haze)
    bed = camera.face(
        c, [(-4, 0, 1), (4, 0, 1), (4, 0, 500), (-4, 0, 500)], c.linear("#b5a78d", "#7a6a58", "#54483e")
    )
    c.texture(bed, "speckle", 0.9, (1.6, 0.8))
    for index in range(60, 0, -1):
        z = index * 1.1
        camera.face(
            c, [(-1.6, 0.05, z), (1.6, 0.05, z), (1.6, 0.05, z + 0.45), (-1.6, 0.05, z + 0.45)], "#4b3b30"
        )
    for x in (-0.85, 0.75):
        camera.face(c, [(x, 0.2, 1), (x + 0.1, 0.2, 1), (x + 0.1, 0.2, 400), (x, 0.2, 400)], "#dfe4e4")
    steel = "#2f6b62"
    for index in range(13, -1, -1):
        z = 4 + index * 8.0
        _bay(c, camera, z, shade(steel, 0.02 * (index % 3)))
    c.poly([(1500, 0), (2000, 0), (1350, 1500), (500, 1500)], c.linear(("#fff2cc", 0.3), ("#fff2cc", 0.05)))


def _bay(c: Canvas, camera: Camera, z: float, steel: str) -> None:
    for side in (-1, 1):
        x = side * 4.0
        tone = shade(steel, -0.28 if side > 0 else 0.12)
        for low, high in (((0, z), (8, z + 8)), ((8, z), (0, z + 8))):
            c.line([camera.see(x, *low), camera.see(x, *high)], camera.far(tone, z), 300 / z)
        camera.face(c, [(x, 0, z), (x, 8, z), (x - side * 0.5, 8, z), (x - side * 0.5, 0, z)], tone)
        camera.face(c, [(x, 7.6, z), (x, 8.3, z), (x, 8.3, z + 8), (x, 7.6, z + 8)], shade(tone, 0.15))
        camera.face(c, [(x, 0.9, z), (x, 1.3, z), (x, 1.3, z + 8), (x, 0.9, z + 8)], shade(tone, -0.2))
        for rivet in range(24):
            c.circle(
                *camera.see(x - side * 0.25, 0.3 + rivet * 0.33, z), 55 / z, camera.far(shade(tone, 0.35), z)
            )
    camera.face(c, [(-4, 7.7, z), (4, 7.7, z), (4, 8.3, z), (-4, 8.3, z)], shade(steel, -0.15))
    c.line([camera.see(-4, 8, z), camera.see(4, 8, z + 8)], camera.far(steel, z), 150 / z)
    c.line([camera.see(4, 8, z), camera.see(-4, 8, z + 8)], camera.far(steel, z), 150 / z)
    for x in (-2.6, 2.6):
        c.line([camera.see(x, 7.7, z), camera.see(x * 1.53, 6.3, z)], camera.far(steel, z), 190 / z)


def colonnade(c: Canvas) -> None:
    """Concrete columns under an approach viaduct, marching away; light falls between them."""
    camera = Camera(820, 800, 1050, 1.7, haze="#dfd9c4", reach_m=120)
    c.rect(0, 0, c.width, c.height, c.linear("#8f938c", "#e9e0c6", "#b7a98c"))
    camera.face(
        c, [(-40, 0, 2), (40, 0, 2), (40, 0, 400), (-40, 0, 400)], c.linear("#d9cdb0", "#a5967b", "#6d6253")
    )
    c.texture(box(0, 800, 2000, 700), "mottle", 0.5, (2.4, 0.6))
    camera.face(
        c,
        [(-8, 11, 1.5), (8, 11, 1.5), (8, 11, 400), (-8, 11, 400)],
        c.linear("#3b3f42", "#6f716c", "#b9b4a2"),
    )
    for index in range(14, -1, -1):
        z = 5.5 + index * 9.0
        camera.face(c, [(-8, 9.6, z), (8, 9.6, z), (8, 11, z), (-8, 11, z)], "#6d6b66")
        camera.face(
            c,
            [(6, 0.01, z), (14, 0.01, z + 2.5), (60, 0.01, z + 22), (60, 0.01, z + 19)],
            "#3f3a3a",
            opacity=0.4,
        )
        for x in (-6.0, 4.4):
            _column(c, camera, x, z)
    c.poly(
        [(1400, 0), (2000, 0), (2000, 900), (900, 1500), (300, 1500)],
        c.linear(("#fff0c0", 0.42), ("#fff0c0", 0.04)),
    )
    c.focus = (0.55, 0.7)


def _column(c: Canvas, camera: Camera, x: float, z: float) -> None:
    tone = camera.far("#8b857b", z)
    c.shadow(*camera.see(x + 1.4, 0, z), 2600 / z, 300 / z, 0.8)
    wide = camera.face(
        c,
        [(x, 0, z), (x + 1.6, 0, z), (x + 1.6, 9.7, z), (x, 9.7, z)],
        c.linear(shade(tone, -0.5), shade(tone, -0.2), shade(tone, 0.35), across=True),
    )
    c.texture(wide, "plaster", 0.5, (1, 2.4))
    for height in (2.4, 4.8, 7.2):
        c.line(
            [camera.see(x, height, z), camera.see(x + 1.6, height, z)], shade(tone, -0.4), max(0.7, 12 / z)
        )


def lights_across_the_water(c: Canvas) -> None:
    """A night panorama: a lit arch bridge, a city, and its lamps out of focus in front."""
    light, level = NIGHT, 620
    c.rect(0, 0, c.width, level, c.linear("#070b20", "#141d44", "#3a3560", "#8a5a5a"))
    c.texture(box(0, 0, c.width, level), "mottle", 0.2, (5, 1), white=True)
    start = c.mark_count
    town(c, level, "#1c2144", height=190, step=58, lamps="#ffc879")
    town(c, level, "#0d1230", height=110, step=46, lamps="#ffe2a6")
    for x0 in (420, 1200, 1980):
        c.stroke(f"M{x0},{level - 24}Q{x0 + 390},{level - 330} {x0 + 780},{level - 24}", "#33406e", 16)
        c.stroke(f"M{x0},{level - 34}Q{x0 + 390},{level - 340} {x0 + 780},{level - 34}", "#ffd591", 3.5)
        for index in range(1, 20):
            t = index / 20
            y = level - 28 - 2 * 153 * 2 * t * (1 - t)
            c.line([(x0 + 780 * t, y), (x0 + 780 * t, level - 40)], "#46548a", 2)
    c.rect(0, level - 50, 3000, 22, "#1b2449")
    for index in range(75):
        c.glow(index * 40, level - 62, 26, "#ffdca0", 0.9)
    c.mirrored(level, 0.55, since=start)
    water(c, light, level, chop=1.0, deep="#070d22", tint="#c98a5a")
    for x in range(60, 3000, 130):
        glitter(
            c,
            x + c.rng.uniform(-30, 30),
            level,
            c.rng.choice(("#ffcf8a", "#ffb35c", "#9fc6ff", "#ff7d5c")),
            width=9,
            count=34,
        )
    for _ in range(34):
        x, y, radius = c.rng.uniform(0, 3000), 1000 - c.rng.random() ** 2 * 300, c.rng.uniform(22, 58)
        tint = c.rng.choice(("#ffb65e", "#ffd99c", "#6fb0ff", "#ff6e57", "#8ce0c4"))
        c.circle(x, y, radius, tint, opacity=0.26, stroke=tint, stroke_width=2.5)
    c.bloom = 0.8


def spiral_stair(c: Canvas) -> None:
    """Looking straight down a stairwell; drawn square."""
    middle = c.width / 2
    c.rect(0, 0, c.width, c.height, "#d8c5a0")
    c.glow(middle * 0.5, middle * 0.4, middle * 1.6, "#fff1cf", 1)
    turns, steps = 4, 26
    for index in range(turns * steps):
        a0, a1 = tau * index / steps, tau * (index + 1.06) / steps
        outer = middle * 1.5 * 0.962 ** (index * 0.62)
        inner = outer * 0.62
        depth = index / (turns * steps)
        sunny = 0.5 + 0.5 * cos(a0 - 3.9)
        tone = mix(mix("#5c3a2c", "#d9a770", sunny), "#17131f", depth * 0.85)
        ring = [
            (middle + cos(a) * r, middle + sin(a) * r)
            for r, a in ((outer, a0), (outer, a1), (inner, a1), (inner, a0))
        ]
        c.poly(ring, tone)
        edge = [(middle + cos(a0) * r, middle + sin(a0) * r) for r in (outer, inner)]
        c.line(edge, shade(tone, 0.35), 5 * (1 - depth))
        c.poly(
            [
                edge[0],
                edge[1],
                (middle + cos(a0 + 0.05) * inner, middle + sin(a0 + 0.05) * inner),
                (middle + cos(a0 + 0.05) * outer, middle + sin(a0 + 0.05) * outer),
            ],
            "#1a1018",
            opacity=0.4,
        )
        rail = inner * 0.985
        c.line(
            [(middle + cos(a) * rail, middle + sin(a) * rail) for a in (a0, a1)],
            mix("#1d2a33", "#0c0e16", depth),
            20 * (1 - depth * 0.8),
        )
        c.line(
            [
                (middle + cos(a0) * rail, middle + sin(a0) * rail),
                (middle + cos(a0 - pi / 60) * rail * 0.9, middle + sin(a0 - pi / 60) * rail * 0.9),
            ],
            "#141a22",
            5 * (1 - depth * 0.8),
        )
    c.circle(middle, middle, 86, "#0e0f1a")
    c.glow(middle + 12, middle + 8, 120, "#ffcf87", 0.9)
    c.texture(c.everything(), "plaster", 0.3, (1.4, 1.4))


def pier_crack(c: Canvas) -> None:
    """A crack in a quay wall with a gauge card beside it and the tide mark below."""
    c.rect(0, 0, c.width, c.height, c.linear("#bdb8aa", "#a29d92", "#7d7d72"))
    c.texture(c.everything(), "plaster", 0.75, (2.4, 2.4))
    c.texture(c.everything(), "speckle", 0.35, (1.5, 1.5))
    c.texture(c.everything(), "mottle", 0.35, (0.6, 5))
    for y in (330, 980):
        c.rect(0, y, c.width, 9, "#5f5c55")
        c.rect(0, y + 9, c.width, 5, "#d3cebf", opacity=0.6)
    for x in range(140, 2100, 430):
        for y in (120, 660, 1200):
            c.circle(x, y, 21, c.linear("#4a4741", "#8d887b"))
    tide = [
        (0, 1190),
        *((x, 1190 + 26 * sin(x / 130) + c.rng.uniform(-14, 14)) for x in range(0, 2020, 25)),
        (2000, 1500),
        (0, 1500),
    ]
    c.poly(tide, c.linear(("#3d4a34", 0.55), ("#1f2c22", 0.9)))
    c.texture(tide, "plaster", 0.9, (0.8, 1.6))
    crack(c, 1120, -20, 1520, width=15)
    gauge_card(c, 1290, 520, turn=4)
    c.poly([(0, 0), (900, 0), (240, 1500), (0, 1500)], "#141a2c", opacity=0.3)


def crack(c: Canvas, x: float, top: float, bottom: float, *, width: float) -> None:
    """A crack that wanders down, branches, and has a lit lower lip."""
    line, y, drift = [(x, top)], top, 0.0
    while y < bottom:
        y += c.rng.uniform(14, 48)
        drift = drift * 0.6 + c.rng.gauss(0, 16)
        x += drift
        line.append((x, y))
        if c.rng.random() < 0.13:
            side, branch = c.rng.choice((-1, 1)), [(x, y)]
            for _ in range(c.rng.randrange(3, 9)):
                branch.append(
                    (branch[-1][0] + side * c.rng.uniform(8, 34), branch[-1][1] + c.rng.uniform(-4, 34))
                )
            c.line(branch, "#2a2624", width * 0.22)
    edge = [(px + width * c.rng.uniform(0.2, 0.75), py) for px, py in line]
    c.line([(px + width * 0.7, py + 2) for px, py in line], "#efe8d8", width * 0.4, opacity=0.55)
    c.poly([*((px - width * c.rng.uniform(0.1, 0.5), py) for px, py in line), *reversed(edge)], "#191615")


def gauge_card(c: Canvas, x: float, y: float, *, turn: float) -> None:
    """The paper scale that a surveyor holds to a crack."""
    with c.group(transform=f"rotate({turn} {x} {y})"):
        c.rect(x + 10, y + 14, 430, 210, "#15131a", opacity=0.4)
        c.rect(x, y, 430, 210, c.linear("#fffdf2", "#e8e2d0"), rx=8)
        for index in range(41):
            tall = 54 if index % 10 == 0 else 38 if index % 5 == 0 else 24
            c.rect(x + 14 + index * 10, y, 2.2, tall, "#20242c")
        for index, thick in enumerate((2, 4, 7, 11, 16)):
            c.rect(x + 26 + index * 80, y + 92, 56, thick, "#20242c")
        c.rect(x, y + 150, 430, 60, "#c9392c", rx=8)
        for index in range(4):
            c.rect(x + 24 + index * 60, y + 168, 40, 24, "#fff6e0", opacity=0.9)
