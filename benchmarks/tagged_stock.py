"""A gallery with very many tagged images and no documents: for questions about filters and pages."""

import json
from pathlib import Path

import sqlalchemy as sa

from benchmarks.stock import ALBUMS, EXIFS, let_go
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.index.marks import forget_marks
from gallery.models import image_words, tag
from gallery.models.album import create_album
from gallery.models.user import Role, User

BOUNDS = (0, 2, 10, 100, 500, 1_000)
"""Each image has five tags of a thousand: one of the first two, one of the next eight, and so on."""
STRIDES = (1, 3, 7_919, 104_729, 1_299_709)
"""Coprime to the widths, so that every combination comes."""
EMAIL = "reader@example.org"


def fill(folder: Path, count: int) -> dict[str, str]:
    """Make an SQLite gallery of so many images, half of them in one album: its settings."""
    environ = {"GALLERY_INSTANCE": str(folder), "GALLERY_TIME_ZONE": "Europe/Berlin"}
    app = create_app(load_settings(environ))
    with app.app_context():
        prepare()
        begin_write()
        user = User.create(EMAIL, "a password nobody types", role=Role.MEMBER)
        db.session.add(user)
        db.session.flush()
        for number in range(ALBUMS):
            create_album(f"album-{number}").admit(user)
        tag.find_or_create(f"tag {number:03}" for number in range(BOUNDS[-1]))
        db.session.commit()
        _images(count)
        let_go()
    return environ


def _images(count: int) -> None:
    begin_write()
    db.session.execute(_NUMBERS, {"count": count})
    db.session.execute(_IMAGES, {"albums": ALBUMS, "exifs": json.dumps(EXIFS)})
    for low, high, stride in zip(BOUNDS[:-1], BOUNDS[1:], STRIDES, strict=True):
        db.session.execute(_TAGGINGS, {"low": low, "width": high - low, "stride": stride})
    db.session.execute(sa.text("DROP TABLE counted"))
    forget_marks(db.session.connection(), keep=0)
    db.session.execute(sa.text("UPDATE site SET word_recipe = ''"))
    db.session.commit()
    db.session.execute(sa.text("ANALYZE"))
    db.session.commit()
    image_words.fill()


_NUMBERS = sa.text("""
    CREATE TEMP TABLE counted AS
    WITH RECURSIVE each(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM each WHERE number < :count)
    SELECT number FROM each WHERE number <= :count
""")
_IMAGES = sa.text("""
    INSERT INTO image (
        number, id, album_number, position, created_at, updated_at, sha256, size_bytes, format, filename,
        infos, exifs, metadatas, title, description, original_width_px, original_height_px, rotation,
        crop_x, crop_y, crop_w, crop_h, colour, taken_at, taken_offset_s, latitude, longitude, map_key,
        processed, delivery_name, delivery_version, delivery_extension
    )
    SELECT number, lower(printf('%s-%s-4%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)),
            substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))),
        CASE WHEN number % 2 THEN 1 ELSE 1 + number / 2 % :albums END, 2147483647, moment, moment,
        lower(hex(randomblob(32))), 4812334,
        CASE number % 10 WHEN 0 THEN 'heic' WHEN 1 THEN 'png' ELSE 'jpg' END,
        printf('IMG_%07d', number),
        json_object('bytes', 4812334, 'etag', lower(hex(randomblob(16))), 'format', 'jpg', 'height', 3000,
            'resource_type', 'image', 'tags', json_array('album'), 'type', 'authenticated', 'width', 4000,
            'original_filename', printf('IMG_%07d', number)),
        :exifs, '{}', printf('North façade, axis %d', number % 40), 'Seen from the scaffold.',
        4000, 3000, 0, 0.0, 0.0, 0.0, 0.0, printf('#%06X', number * 7919 % 16777216), moment, 3600,
        52 + number % 1000 / 1000.0, 13 + number % 777 / 777.0, number * 7919, 1,
        printf('%012x', number), 1767254400, 'jpg'
    FROM (
        SELECT number,
            strftime('%Y-%m-%d %H:%M:%S', 1767254400 + 37 * number, 'unixepoch') || '.000000' AS moment
        FROM counted
    )
""")
_TAGGINGS = sa.text("""
    INSERT INTO tagging (image_number, tag_number, position)
    SELECT number, 1 + :low + (number * :stride + number / 64) % :width, :low FROM counted
""")
