"""Which images may be approved together, because what is known about their place agrees."""

import sqlalchemy as sa

from gallery.location.flag import Severity
from gallery.media.credentials import CredentialState
from gallery.models.claim import Claim, Source
from gallery.models.content_credentials import ContentCredentials
from gallery.models.image import Image, untrashed
from gallery.models.review_state import ReviewState

COMPARED = (Source.EXIF, Source.HTML)
"""One source alone agrees with nobody; an address tells a region at best."""


def agreeing() -> sa.ColumnElement[bool]:
    """The images that wait for their first verdict, whose file and browser both name a place, and which
    neither a doubt nor their own content credentials speak against."""
    claimed = (
        sa.exists().where(Claim.image_number == Image.number, Claim.source == source) for source in COMPARED
    )
    disowned = sa.exists().where(
        ContentCredentials.image_number == Image.number,
        sa.or_(
            ContentCredentials.state == CredentialState.INVALID, ContentCredentials.is_generated.is_(True)
        ),
    )
    is_quiet = sa.and_(Image.review == ReviewState.UNREVIEWED, Image.worst_flag < Severity.DOUBT)
    return sa.and_(untrashed(), is_quiet, Image.processed, *claimed, sa.not_(disowned))
