"""What only a running server can show: its memory, and a start with other settings."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from gallery import create_app
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.models.document import SyncDocument
from gallery.present.sync_document import write_documents
from tests.contract.conftest import PROOF_SETTINGS, loaded_site
from tests.engines import both_engines
from tests.records import album_of, bare_image
from tests.serving import child_environ, descendants, serving

pytestmark = [both_engines, pytest.mark.slow]
NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]
COUNT, BODY_BYTES = 6_000, 10_000
MOST_GROWTH_BYTES = 40 * 1024**2


def resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def add_many_documents(environ: dict[str, str]) -> None:
    """6,000 documents like one of ours, with numbers and ids of their own."""
    app = create_app(load_settings({f"GALLERY_{name}": value for name, value in environ.items()}))
    with app.app_context():
        begin_write()
        album = album_of()
        write_documents([bare_image(album)], app.config["GALLERY"])
        body = b'{"id":"' + b"x" * BODY_BYTES + b'"}'
        rows = [
            {
                "image_id": f"{n:036}",
                "seq": 10**6 + n,
                "album_number": album.number,
                "position": n,
                "body": body,
            }
            | {"created_at": datetime(2026, 1, 1, tzinfo=UTC), "deleted_at": None}
            for n in range(COUNT)
        ]
        db.session.execute(sa.insert(SyncDocument), rows)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def test_a_long_list_is_streamed_in_constant_memory_and_new_settings_show_after_a_restart(
    new_gallery: NewGallery, engine: str, tmp_path: Path
) -> None:
    with new_gallery(engine, tmp_path, **PROOF_SETTINGS) as environ:
        with loaded_site(environ) as site:
            first = site.sync()
            processes = descendants(site.server.process.pid)
            add_many_documents(environ)
            before = {pid: resident_bytes(pid) for pid in processes}
            answer = site.sync()
            growth = max(resident_bytes(pid) - size for pid, size in before.items())
            assert answer.header("Content-Length") is None
            assert len(answer.body) > COUNT * BODY_BYTES
            assert growth < MOST_GROWTH_BYTES
        with serving(child_environ(**environ | {"DELIVERY_URL": "https://pictures.example.org"})) as server:
            ids = ",".join(record_id.decode() for record_id in _ids(first.body))
            header = {"Authorization": f"Token token={site.token}"}
            answer = server.request(f"/api/v1/image_syncs?ids={ids}", headers=header)
            assert first.body.count(b"https://res.cloudinary.com/sadaasdasd/") == 4 * 8
            assert answer.body == first.body.replace(
                b"https://res.cloudinary.com/sadaasdasd/", b"https://pictures.example.org/"
            )


def _ids(body: bytes) -> list[bytes]:
    return [part[:36] for part in body.split(b'{"id":"')[1:]]
