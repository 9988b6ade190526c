"""Bridges from inside and below."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import MORNING
from gallery.demo.sky import cumulus, sky
from gallery.demo.terrain import ridge


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
    if z < 40:
        c.texture(wide, "plaster", 0.5, (1, 2.4))
    for height in (2.4, 4.8, 7.2):
        c.line(
            [camera.see(x, height, z), camera.see(x + 1.6, height, z)], shade(tone, -0.4), max(0.7, 12 / z)
        )
