"""Pictures drawn on the spot."""

import pytest
from PIL import Image


@pytest.fixture
def drawn() -> Image.Image:
    """80 × 40: a red left half, and in the right half green over blue, so that every turn of it differs."""
    picture = Image.new("RGB", (80, 40), (200, 0, 0))
    picture.paste((0, 160, 0), (40, 0, 80, 20))
    picture.paste((0, 0, 200), (40, 20, 80, 40))
    return picture
