"""Programs read claims, distances and doubts of an image."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gallery.models.image import Image
from tests.api.conftest import Program
from tests.engines import both_engines

pytestmark = both_engines


@pytest.mark.slow
def test_claims_and_doubts_are_told_with_their_numbers(
    program: Program, make_image: Callable[..., Image]
) -> None:
    said = {"latitude": 0.0, "longitude": 0.0, "accuracy": 40.0}
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    image = make_image(location=said, uploaded_at=at, fixed_at=at.replace(hour=11))
    answer = program.call("GET", f"/api/v1/images/{image.id}/claims")
    assert answer.status_code == 200
    (claim,) = answer.json["claims"]
    assert (claim["source"], claim["radius_m"], claim["radius_95_m"]) == ("html", 40.0, 40.0)
    assert claim["age_s"] == 3600
    assert answer.json["distances"] == []
    flags = {flag["code"]: flag for flag in answer.json["flags"]}
    assert set(flags) == {"null_island", "stale_fix"}
    assert flags["stale_fix"]["severity"] == "doubt"
    assert flags["stale_fix"]["inputs"] == {"age_s": 3600}
    assert "before the upload" in flags["stale_fix"]["sentence"]


def test_claims_of_what_is_not_there_or_not_for_the_caller_are_not_told(
    program: Program, make_image: Callable[..., Image]
) -> None:
    other = make_image(album_id="OTHER")
    for image_id in (other.id, "nothing"):
        path = f"/api/v1/images/{image_id}"
        assert (
            program.call("GET", f"{path}/claims").status_code == program.call("GET", path).status_code != 200
        )
