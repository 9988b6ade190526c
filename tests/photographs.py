"""The folder of real photographs, and what is known of them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def photos() -> Path:
    """The folder; where the environment names none the test is skipped."""
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
