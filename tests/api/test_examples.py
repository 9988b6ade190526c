"""The programs that the documentation shows, run as they stand against the real server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.conftest import Site
from tests.drawing import drawn_jpeg
from tests.serving import ROOT

EXAMPLES = ROOT / "docs" / "examples"
COMMANDS = {".sh": "sh", ".py": sys.executable, ".mjs": "node"}


def run(name: str, site: Site, folder: Path) -> str:
    """Run one in a folder; what it prints."""
    program = EXAMPLES / name
    environ = os.environ | {"EVIDENT_URL": site.url, "EVIDENT_TOKEN": site.token, "EVIDENT_ALBUM": "A"}
    command = [COMMANDS[program.suffix], str(program)]
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def records(site: Site) -> dict[str, dict[str, object]]:
    """By id what the sync API answers now."""
    return {
        record["id"]: record
        for record in json.loads(site.server.request("/api/v1/image_syncs", headers=site.headers).body)
    }


def bring(site: Site, folder: Path, suffix: str = ".py") -> None:
    """Upload a picture that is there once, by the example in one language."""
    (folder / "photo.jpg").write_bytes(drawn_jpeg() + os.urandom(8))
    run(f"upload-with-location{suffix}", site, folder)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", COMMANDS)
def test_the_upload_example_brings_a_picture_with_its_place(suffix: str, site: Site, tmp_path: Path) -> None:
    before = records(site)
    bring(site, tmp_path, suffix)
    (new,) = records(site).keys() - before.keys()
    record = records(site)[new]
    assert record["gps_html"] == [48.8619, 2.3364]
    assert record["tag_names"] == ["inspection", "north side"]


@pytest.mark.parametrize("suffix", COMMANDS)
def test_the_first_sync_example_keeps_every_record(suffix: str, site: Site, tmp_path: Path) -> None:
    bring(site, tmp_path)
    run(f"first-sync{suffix}", site, tmp_path)
    kept = json.loads((tmp_path / "images.json").read_text())
    assert kept
    assert {record["id"] for record in kept} == records(site).keys()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".py", ".mjs"])
def test_the_following_example_keeps_a_mirror_up_to_date(suffix: str, site: Site, tmp_path: Path) -> None:
    bring(site, tmp_path)
    run(f"follow-changes{suffix}", site, tmp_path)
    before = json.loads((tmp_path / "mirror.json").read_text())["images"].keys()
    bring(site, tmp_path)
    run(f"follow-changes{suffix}", site, tmp_path)
    mirrored = json.loads((tmp_path / "mirror.json").read_text())["images"]
    assert len(mirrored.keys() - before) == 1
    assert mirrored.keys() == records(site).keys()


@pytest.mark.slow
def test_the_following_example_for_the_shell_asks_for_what_is_new(site: Site, tmp_path: Path) -> None:
    run("follow-changes.sh", site, tmp_path)
    first = (tmp_path / "changes.ndjson").read_text().splitlines()
    bring(site, tmp_path)
    run("follow-changes.sh", site, tmp_path)
    lines = (tmp_path / "changes.ndjson").read_text().splitlines()
    added = [json.loads(line) for line in lines[len(first) :]]
    assert [line["upserted"]["title"] for line in added if "upserted" in line][:1] == [
        "Crack in the third pier"
    ]
    assert "cursor" in added[-1]
