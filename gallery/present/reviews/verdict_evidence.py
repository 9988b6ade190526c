"""What a verdict was based on, as told to somebody who may not see every image."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.models.verdict import Verdict


def told(verdicts: Sequence[Verdict], scope: Scope) -> dict[str, dict[str, Any]]:
    """By id of the verdict its evidence; of a doubt between two no numbers where the other is hidden."""
    others = {flag["other"] for verdict in verdicts for flag in _between(verdict.evidence)}
    seen: set[str] = set()
    if others:
        seen = set(db.session.scalars(sa.select(Image.id).where(Image.id.in_(others), scope)))
    return {verdict.id: _told(verdict.evidence, seen) for verdict in verdicts}


def _between(evidence: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (flag for flag in evidence["flags"] if flag.get("other"))


def _told(evidence: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    flags = [
        flag if flag.get("other") in (None, *seen) else {**flag, "inputs": {}, "other": None}
        for flag in evidence["flags"]
    ]
    return {**evidence, "flags": flags}
