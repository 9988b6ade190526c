"""A stranger's fuzzer (schemathesis) over every operation: no server error, no answer off the schema."""

import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from tests.api.conftest import ALBUM

SHARES = 8
CASES = int(os.environ.get("FUZZ_CASES", "2500"))
"""In all. A thorough look takes twice as many, and twice as long."""
load_all_checks()
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
CONFORMANCE = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)
ENDS_THE_TOKEN = "DELETE /api/v1/tokens"
"""What comes after it is refused."""
PLACES = {"album_id": [ALBUM], "name": ["inspection"]}


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_no_operation_fails_or_answers_off_its_schema(
    share: int, app: Flask, admin: Any, make_image: Any
) -> None:
    """Half of the cases name things that are there."""
    places = PLACES | {"image_id": [make_image(tags=("inspection",)).id for _ in range(2)]}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    operations.sort(key=lambda found: found.label == ENDS_THE_TOKEN)
    assert operations[-1].label == ENDS_THE_TOKEN
    assert len(operations) > 1
    cases = -(-CASES // len(operations))
    for operation in operations[share::SHARES]:
        _fuzz(operation, admin.token, places, cases)


def _fuzz(operation: Any, token: str, places: dict[str, list[str]], cases: int) -> None:
    @given(case=operation.as_strategy(), data=st.data())
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: Any, data: st.DataObject) -> None:
        for name in case.path_parameters or {}:
            if name in places and data.draw(st.booleans()):
                case.path_parameters[name] = data.draw(st.sampled_from(places[name]))
        own = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}  # nobody unpacks here
        case.headers = {**(case.headers or {}), **own}
        case.call_and_validate(checks=CONFORMANCE)

    check()
