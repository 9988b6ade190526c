"""What lies on a desk."""

from gallery.demo.canvas import Canvas
from gallery.demo.colour import shade
from gallery.demo.lettering import letter


def plans_on_a_desk(c: Canvas) -> None:
    """A helmet, a rule, a coffee and a drawing, from above."""
    c.rect(0, 0, c.width, c.height, "#8a5a38")
    for row in range(9):
        c.rect(
            0,
            row * 170,
            c.width,
            166,
            c.linear(shade("#a8703f", c.rng.uniform(-0.2, 0.12)), shade("#8f5a32", c.rng.uniform(-0.1, 0.1))),
        )
    c.texture(c.everything(), "plaster", 0.9, (6, 0.6))
    with c.group(transform="rotate(-6 1000 750)"):
        c.rect(236, 226, 1380, 1020, "#1c1010", opacity=0.5)
        c.rect(210, 196, 1380, 1020, c.linear("#2f6a9c", "#1f4f80"))
        for index in range(28):
            c.rect(210 + index * 50, 196, 1.4, 1020, "#9cc4e4", opacity=0.3)
            if index < 21:
                c.rect(210, 196 + index * 50, 1380, 1.4, "#9cc4e4", opacity=0.3)
        for points in (
            [(320, 330), (1130, 330), (1130, 980), (320, 980), (320, 330)],
            [(320, 640), (700, 640), (700, 330)],
            [(700, 760), (1130, 760)],
            [(880, 760), (880, 980)],
        ):
            c.line(points, "#f2f8ff", 9)
        for x, y in ((700, 520), (880, 900), (500, 640)):
            c.stroke(f"M{x},{y}a90,90 0 0 1 90,90h-90Z", "#f2f8ff", 3.5)
        c.line([(320, 1050), (1130, 1050)], "#f2f8ff", 3)
        letter(c, "LEVEL 2", 1190, 340, 48, "#f2f8ff", weight=0.11)
        letter(c, "1:50", 1190, 430, 38, "#f2f8ff", weight=0.11)
        for row in range(7):
            c.line(
                [(1190, 540 + row * 46), (1190 + c.rng.uniform(180, 330), 540 + row * 46)],
                "#bcdcf4",
                7,
                opacity=0.7,
            )
    c.oval(1570, 560, 330, 300, c.radial("#140a0a", 0.9))
    c.oval(1540, 500, 300, 262, c.linear("#ffd84a", "#f2b01c", "#b8780c"))
    c.oval(1540, 480, 226, 196, c.linear("#ffe88a", "#f6bc28"))
    for dx in (-70, 0, 70):
        c.stroke(f"M{1540 + dx},310Q{1540 + dx * 1.3},480 {1540 + dx},650", "#d8940f", 20)
        c.stroke(f"M{1535 + dx},310Q{1535 + dx * 1.3},480 {1535 + dx},650", "#fff0a8", 6)
    c.circle(300, 1196, 150, c.radial("#140a0a", 0.9))
    c.circle(270, 1166, 132, c.linear("#ffffff", "#c9c4ba"))
    c.circle(270, 1166, 106, c.linear("#3a1e10", "#6d3c1f"))
    c.oval(236, 1126, 40, 20, "#c98a54", opacity=0.5)
    with c.group(transform="rotate(24 1300 1200)"):
        c.rect(760, 1240, 900, 66, "#1c1010", opacity=0.4)
        c.rect(750, 1222, 900, 66, c.linear("#fff3b8", "#e8c45c"))
        for index in range(89):
            c.rect(760 + index * 10, 1222, 2, 30 if index % 10 == 0 else 16, "#3a2a14")
    c.poly([(0, 0), (1100, 0), (300, 1500), (0, 1500)], c.linear(("#fff0c8", 0.3), ("#fff0c8", 0.05)))
    c.poly([(1500, 0), (2000, 0), (2000, 1500), (1200, 1500)], "#180c18", opacity=0.26)
