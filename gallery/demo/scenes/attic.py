"""Under the roof."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas


def attic(c: Canvas) -> None:
    """Under the rafters, one skylight, dust in the beam."""
    camera = Camera(1000, 760, 1000, 1.7, haze="#5c4434", reach_m=22)
    c.rect(0, 0, c.width, c.height, "#2a1c18")
    floor = camera.face(
        c, [(-5, 0, 1), (5, 0, 1), (5, 0, 14), (-5, 0, 14)], c.linear("#7a5638", "#5c3e28", "#38251b")
    )
    for x in range(-20, 21):
        c.line([camera.see(x / 4, 0, 1), camera.see(x / 4, 0, 14)], "#2a1a14", 2.5)
    for side in (-1, 1):
        slope = camera.face(
            c,
            [(side * 5, 0, 0.8), (0, 4.6, 0.8), (0, 4.6, 14), (side * 5, 0, 14)],
            c.linear("#4a3224", "#7a5438") if side < 0 else c.linear("#352319", "#54392a"),
        )
        c.texture(slope, "plaster", 0.8, (3, 0.8))
    gable = camera.face(c, [(-5, 0, 14), (5, 0, 14), (0, 4.6, 14)], "#8a5a44")
    c.texture(gable, "plaster", 0.5)
    camera.face(c, [(-0.8, 1.2, 13.9), (0.8, 1.2, 13.9), (0.8, 2.6, 13.9), (-0.8, 2.6, 13.9)], "#dff0f0")
    c.line([camera.see(0, 1.2, 13.8), camera.see(0, 2.6, 13.8)], "#5c3e2c", 7)
    for z in (12.0, 10.0, 8.0, 6.0, 4.2, 2.6):
        for side in (-1, 1):
            rafter = [(side * 5, 0, z), (0, 4.6, z), (0, 4.2, z), (side * 4.6, 0, z)]
            camera.face(c, rafter, "#a8744a" if side < 0 else "#6d4a30")
        camera.face(c, [(-2.9, 2.0, z), (2.9, 2.0, z), (2.9, 2.3, z), (-2.9, 2.3, z)], "#8f6240")
    window = camera.face(c, [(2.6, 2.21, 4.8), (1.2, 3.5, 4.8), (1.2, 3.5, 6.6), (2.6, 2.21, 6.6)], "#f6fbf4")
    c.poly(window, "none", stroke="#3d2a20", stroke_width=12)
    beam = [*window[:2], camera.see(-2.6, 0, 5.6), camera.see(-0.4, 0, 3.4)]
    c.poly(beam, c.linear(("#fff2c8", 0.65), ("#ffdf9a", 0.18)))
    camera.face(
        c,
        [(-2.6, 0.01, 5.6), (-1.4, 0.01, 6.8), (0.6, 0.01, 4.8), (-0.4, 0.01, 3.4)],
        "#ffe6a8",
        opacity=0.65,
    )
    for _ in range(170):
        t = c.rng.random()
        c.circle(
            1240 - t * 700 + c.rng.gauss(0, 90),
            480 + t * 560 + c.rng.gauss(0, 60),
            c.rng.uniform(1.5, 5),
            "#fff6d8",
            opacity=round(c.rng.uniform(0.2, 0.8), 2),
        )
    for left, z, size, tone in (
        (-3.4, 6.2, 1.1, "#a87a48"),
        (-3.2, 4.8, 0.8, "#94683c"),
        (2.2, 7.0, 1.0, "#7a5a3c"),
        (2.5, 3.6, 0.9, "#8a4a38"),
    ):
        camera.block(c, (left, 0, z), (size, size * 0.7, size), tone)
    c.texture(floor, "plaster", 0.6, (2, 0.6))
