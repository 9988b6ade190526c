"""An integrator's copy, kept by the change feed alone."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.api.conftest import Program


@dataclass(slots=True)
class Mirror:
    """What one program knows."""

    program: Program
    query: str = ""
    limit: int = 7
    cursor: str = ""
    images: dict[str, bytes] = field(default_factory=dict)
    restarts: int = 0

    def follow(self, most_pages: int = 1_000_000) -> None:
        """Read on until nothing is left, or for so many pages."""
        for _ in range(most_pages):
            if not self._read_page():
                return

    def _read_page(self) -> bool:
        path = f"/api/v1/image_syncs/changes?limit={self.limit}&cursor={self.cursor}{self.query}"
        answer = self.program.call("GET", path)
        if answer.status_code == 410:
            self.cursor, self.images = "", {}
            self.restarts += 1
            return True
        assert answer.status_code == 200, answer.text
        page = answer.json
        there, gone = {one["id"] for one in page["upserted"]}, {one["id"] for one in page["deleted"]}
        assert not there & gone
        for image_id in gone:
            self.images.pop(image_id, None)
        for record in page["upserted"]:
            self.images[record["id"]] = _encoded(record)
        self.cursor = page["cursor"]
        return bool(page["has_more"])


def seen_by(program: Program, query: str = "") -> dict[str, bytes]:
    """What the sync API itself answers the program now."""
    answer = program.call("GET", f"/api/v1/image_syncs?{query}")
    return {record["id"]: _encoded(record) for record in answer.json}


def _encoded(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode()
