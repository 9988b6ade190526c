"""The flags of an image, each as a sentence with its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from gallery.db import db
from gallery.language import gettext as _
from gallery.location.evidence import Evidence, Said, gps_time, states_offset
from gallery.location.flag import Flag, Severity
from gallery.location.position import believed
from gallery.models.claim import Claim, Source
from gallery.models.flag import stored_flags
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.present.claims.doubt_sentences import SENTENCES
from gallery.present.claims.doubts_beyond import hidden
from gallery.present.grid import LIGHT


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag as people read it."""

    flag: Flag
    sentence: str
    other: Image | None = None
    """The other image, where it stands between two and may be seen."""

    @property
    def level(self) -> str:
        """`note`, `doubt` or `conflict`."""
        return self.flag.severity.name.lower()

    @property
    def level_word(self) -> str:
        """The same for those who do not see the colour."""
        return {Severity.NOTE: _("Note"), Severity.DOUBT: _("Doubt"), Severity.CONFLICT: _("Conflict")}[
            self.flag.severity
        ]

    @property
    def is_hidden(self) -> bool:
        """Whether it comes of an image that may not be seen, of which nothing is told then."""
        return self.flag.other is not None and self.other is None


def doubts_of(images: Sequence[Image], scope: Scope) -> dict[int, list[Doubt]]:
    """The stored ones by number, the worst first, as told to somebody who may see so much."""
    flags = stored_flags(db.session.connection(), [image.number for image in images])
    numbers = {flag.other for found in flags.values() for flag in found if flag.other}
    others: dict[int | None, Image] = {}
    if numbers:
        visible = sa.select(Image).options(*LIGHT).where(Image.number.in_(numbers), scope)
        others = {other.number: other for other in db.session.scalars(visible)}
    return {
        image.number: [
            Doubt(flag, sentence_of(flag, others.get(flag.other)), others.get(flag.other))
            for flag in flags[image.number]
        ]
        for image in images
    }


def sentence_of(flag: Flag, other: Image | None = None) -> str:
    """With its numbers; of one between two it tells next to nothing where the other may not be seen."""
    if flag.other is None:
        return SENTENCES[flag.code](flag.inputs)
    if other is None:
        return hidden(flag)
    return SENTENCES[flag.code]({**flag.inputs, "other": f"{_ISOLATE}{other.label}{_END}"})


_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
"""Whatever direction somebody's title runs in, the sentence around it runs in its own."""


def evidence_of(image: Image, precedence: tuple[str, ...]) -> Evidence:
    """What the flags look at, out of the row and its album's. `precedence` is the usual one."""
    return Evidence(
        uploaded_at=image.created_at,
        claims=tuple(map(said_by, image.claims)),
        taken_at=image.taken_at,
        offset_s=image.taken_offset_s if states_offset(image.exifs) else None,
        gps_time=gps_time(image.exifs),
        software=str(image.exifs.get("Software", "")),
        ip_country=image.ip_country or "",
        place=image.album.area,
        placed=placed(image, precedence),
    )


def placed(image: Image, precedence: tuple[str, ...]) -> Said | None:
    """The believed claim, of those that are better than a region."""
    claims = [claim for claim in image.claims if claim.source is not Source.IP]
    claim = believed(claims, image.precedence(precedence))
    return None if claim is None else said_by(claim)


def said_by(claim: Claim) -> Said:
    """The claim without its row."""
    return Said(claim.source.value, claim.position, claim.accuracy_m, claim.made_at)
