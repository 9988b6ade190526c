"""What pages are about beside images: doubts, the trash, and one of each thing that people make."""

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.location.precision import Precision
from gallery.models import personal_token
from gallery.models.album import Album
from gallery.models.batch import Deed, create_batch
from gallery.models.event import Event
from gallery.models.image import Image, now
from gallery.models.scope import of_album
from gallery.models.share import create_share
from gallery.models.user import User
from gallery.models.webhook import Webhook, new_secret
from gallery.present.order import ORDER
from gallery.present.shares.links import token_of
from gallery.review.flagging import flag_again

DOUBTED, TRASHED = 300, 60


def doubt(settings: Settings) -> None:
    """File and browser disagree on every third image; the last ones of many are in the trash."""
    db.session.execute(_CLAIMS)
    doubted = db.session.scalars(sa.select(Image).order_by(Image.number).limit(DOUBTED)).all()
    flag_again(doubted, settings)
    last = sa.select(Image.number).where(Image.number > DOUBTED).order_by(Image.number.desc()).limit(TRASHED)
    db.session.execute(sa.update(Image).where(Image.number.in_(last)).values(trashed_at=now()))


def add(user: User, album: Album, settings: Settings) -> dict[str, str]:
    """By name the paths of two shares, and ids: a webhook's, a person's, where there are images a batch's."""
    begin_write()
    personal_token.create(user, "Crawler", [personal_token.Scope.READ], None, None)
    hook = Webhook(
        user_number=user.number, url="https://example.org/hook", events=list(Event), secret=new_secret()
    )
    share = create_share(user, "Shared", album, precision=Precision.KM_10)
    locked = create_share(user, "Locked", album, precision=Precision.NONE, password="a password nobody types")
    other = User.create("other@example.org", "a password nobody types")
    db.session.add_all([hook, other])
    db.session.flush()
    things = {
        "share": f"/s/{token_of(share, settings)}",
        "locked": f"/s/{token_of(locked, settings)}",
        "webhook": hook.id,
        "user": other.id,
    }
    if db.session.scalar(sa.select(sa.exists().where(of_album(album)))):
        things["batch"] = create_batch(user, Deed.PROCESS, {}, of_album(album), "/", ORDER).id
    db.session.commit()
    return things


_CLAIMS = sa.text("""
    INSERT INTO claim (image_number, source, latitude, longitude, accuracy_m)
    SELECT number, 'exif', latitude, longitude, 5.0 FROM image
    UNION ALL SELECT number, 'html', latitude + (number % 3 = 1), longitude, 20.0 FROM image
""")
