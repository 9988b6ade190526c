"""The migrations make what the models describe."""

import pytest
from flask import Flask

from tests.engines import both_engines


@both_engines
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_database_is_as_the_models_describe_it(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["db", "check"])
    assert result.exit_code == 0, result.output
