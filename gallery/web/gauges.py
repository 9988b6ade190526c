"""What Prometheus is told, family by family."""

import shutil
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from flask import current_app
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from sqlalchemy.exc import SQLAlchemyError

from gallery import current
from gallery.db import db
from gallery.index.stock import stock
from gallery.jobs import QUEUE_TROUBLE, queue_of
from gallery.models.album import Album
from gallery.models.batch import Batch
from gallery.models.delivery import Delivery
from gallery.models.image import Image
from gallery.models.user import User
from gallery.models.waiting import waiting_numbers
from gallery.web.probes import readiness_found
from gallery.web.traffic import BOUNDS_S, Traffic

Values = Mapping[str, float]
MOST_COUNTED, LOOKED_AT = 100_000, 1_000
"""Of waiting images: more than so many are not counted, and among so many the oldest is looked for."""
TOLD = {
    "images": "Images outside of the trash.",
    "images_trashed": "Images in the trash.",
    "images_failed": "Images that could not be processed.",
    "originals_bytes": "Bytes of the uploaded files, of each in every album where it is.",
    "counted_timestamp_seconds": "When the images, the failed ones and the bytes were counted.",
    "images_waiting": f"Images that wait to be processed; {MOST_COUNTED} stands for more, too.",
    "images_waiting_oldest_seconds": "How long the oldest of them has waited; 0 when none waits.",
    "albums": "Albums.",
    "users": "People, those who are shut out among them.",
    "batches_waiting": "Deeds for many images that are not over.",
    "deliveries_waiting": "Messages of webhooks that have not arrived yet.",
    "queue_jobs": "Jobs in the queue, those for later among them.",
    "storage_free_bytes": "Free bytes of the file system of the originals.",
    "index_loaded": "Whether this process holds the sets that filters are worked out with.",
    "index_images": "Images in these sets.",
    "index_age_seconds": "Since these sets were last brought up to date, which every filter does.",
}


class Gallery:
    """Collects all of it, without reading every image."""

    def collect(self) -> Iterator[Metric]:
        """What cannot be read now is left out; `evident_ready` says why."""
        told = "Whether a part of the gallery answers, as /readyz says."
        ready = GaugeMetricFamily("evident_ready", told, labels=["part"])
        for part, is_ready in readiness_found().items():
            ready.add_metric([part], is_ready)
        yield ready
        yield from _requests(current_app.extensions["traffic"])
        for measured in (_in_database, _counted_aside, _in_queue, _on_disk, _in_index):
            try:
                values = measured()
            except (SQLAlchemyError, *QUEUE_TROUBLE):
                db.session.rollback()
                continue
            for name, value in values.items():
                yield GaugeMetricFamily(f"evident_{name}", TOLD[name], value)


def _in_database() -> Values:
    values = dict(db.session.execute(_NOW).mappings().one())
    db.session.rollback()
    oldest = values.pop("oldest")
    values["images_waiting_oldest_seconds"] = (datetime.now(UTC) - oldest).total_seconds() if oldest else 0
    return values


def _counted_aside() -> Values:
    count = stock().last()
    if count is None:
        return {}
    return {
        "images": count.images,
        "images_trashed": count.trashed,
        "images_failed": count.failed,
        "originals_bytes": count.originals_bytes,
        "counted_timestamp_seconds": count.counted_at,
    }


def _in_queue() -> Values:
    huey = queue_of(current_app).huey
    return {"queue_jobs": huey.pending_count() + huey.scheduled_count()}


def _on_disk() -> Values:
    return {"storage_free_bytes": shutil.disk_usage(current.settings().originals).free}


def _in_index() -> Values:
    """Only what it knows anyhow: nobody loads it for this."""
    index = current_app.extensions.get("image_index")
    glance = index and index.glance()
    if not glance:
        return {"index_loaded": 0}
    return {
        "index_loaded": 1,
        "index_images": glance.images,
        "index_age_seconds": time.time() - glance.followed_at,
    }


def _requests(traffic: Traffic) -> Iterator[Metric]:
    totals = traffic.totals()
    told = "Answers of this process by class of status."
    answers = CounterMetricFamily("evident_requests", told, labels=["status"])
    for digit, number in totals.by_class.items():
        answers.add_metric([f"{digit}xx"], number)
    yield answers
    names = [*map(str, BOUNDS_S), "+Inf"]
    buckets = list(zip(names, accumulate(totals.by_time), strict=True))
    told = "Seconds until an answer of this process could be sent."
    yield HistogramMetricFamily("evident_request_duration_seconds", told, buckets, totals.seconds)


def _counted(query: Any) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(query.subquery()).scalar_subquery()


_LOOKED_AT = waiting_numbers().limit(LOOKED_AT).subquery()
_NOW = sa.select(
    _counted(waiting_numbers().limit(MOST_COUNTED)).label("images_waiting"),
    sa.select(sa.func.min(Image.updated_at))
    .where(Image.number.in_(sa.select(_LOOKED_AT.c.number)), Image.trashed_at.is_(None))
    .scalar_subquery()
    .label("oldest"),
    _counted(sa.select(Album.number)).label("albums"),
    _counted(sa.select(User.number)).label("users"),
    _counted(sa.select(Batch.number).where(Batch.ended_at.is_(None))).label("batches_waiting"),
    _counted(sa.select(Delivery.number).where(Delivery.next_try_at.is_not(None))).label("deliveries_waiting"),
)
