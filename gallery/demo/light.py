"""Times of day and kinds of weather, each a small palette that a scene is lit by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Light:
    sky: tuple[str, ...]
    """From the zenith to the horizon."""
    haze: str
    sun: str
    shadow: str
    """What dark things turn to: never black out of doors."""


DAWN = Light(("#2f4a7a", "#7d86b0", "#e0a9a0", "#ffd9a8"), "#e5b9a6", "#fff0c4", "#2a2f52")
MORNING = Light(("#4f8fc4", "#8fbfdc", "#d9e6e4"), "#cfdfe2", "#fff6da", "#2c4257")
NOON = Light(("#1f6fb8", "#5aa6d8", "#c4e2ea"), "#bcd9e4", "#fffbe8", "#23405c")
GOLD = Light(("#3a6a94", "#c9a98a", "#f6b965", "#ffe09a"), "#f0bd7c", "#fff2b8", "#4a2d33")
SUNSET = Light(("#1c2555", "#6a3a78", "#d8525e", "#ff9a4d", "#ffd27a"), "#e0705e", "#ffe8a0", "#2a1636")
EMBER = Light(("#3b1230", "#8c2335", "#e0502c", "#ffb545"), "#c8452f", "#ffe9a8", "#22091d")
BLUE_HOUR = Light(("#0b1a3e", "#1d3f74", "#5b7fae", "#d7a892"), "#56709c", "#ffd9a0", "#0c1430")
NIGHT = Light(("#050a1c", "#0c1a3a", "#1c3458"), "#1f3557", "#dfe9ff", "#03060f")
OVERCAST = Light(("#8b98a3", "#adb7bd", "#d5d8d6"), "#c8cdcd", "#f4f2ea", "#39434c")
FOG = Light(("#a9b8ba", "#c3cdca", "#e2e2d6"), "#d6dbd3", "#fffbe9", "#4a5a60")
STORM = Light(("#232c38", "#46535f", "#8c9798", "#c9c4a8"), "#8d9899", "#f5edc8", "#161d26")
SNOW = Light(("#9fb4cc", "#c7d3e0", "#f0e4dc"), "#dfe3ea", "#fff4e4", "#46557a")
AUTUMN = Light(("#7aa3bd", "#b9cdd0", "#f1dfb8"), "#e0d0ac", "#fff3cc", "#4b3a3e")
