"""Pictures drawn on the spot, and the folder of real ones."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image


@pytest.fixture
def drawn() -> Image.Image:
    """80 × 40: a red left half, and in the right half green over blue, so that every turn of it differs."""
    picture = Image.new("RGB", (80, 40), (200, 0, 0))
    picture.paste((0, 160, 0), (40, 0, 80, 20))
    picture.paste((0, 0, 200), (40, 20, 80, 40))
    return picture


@pytest.fixture(scope="session")
def photos() -> Path:
    folder = os.environ.get("GALLERY_TEST_PHOTOS")
    if not folder:
        pytest.skip("GALLERY_TEST_PHOTOS names no folder of real photographs with a truth.json")
    return Path(folder)


@pytest.fixture(scope="session")
def truth(photos: Path) -> dict[str, dict[str, Any]]:
    """What an independent reader found in each photograph, by relative path."""
    found: dict[str, dict[str, Any]] = json.loads((photos / "truth.json").read_text())
    assert found
    return found
