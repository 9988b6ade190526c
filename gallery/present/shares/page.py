"""Shares as their page lists them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from gallery.language import Phrases, later, ngettext
from gallery.language import gettext as _
from gallery.location.precision import Precision
from gallery.models.share import Share
from gallery.present import words

PLACES = Phrases(
    {
        Precision.NONE: later("not told"),
        Precision.KM_10: later("to about 10 km"),
        Precision.KM_1: later("to about 1 km"),
        Precision.EXACT: later("exact"),
    }
)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share."""

    id: str
    name: str
    url: str
    leads_to: str
    album_name: str
    """Somebody's words; empty: it leads to chosen images."""
    places: str
    gives_originals: bool
    has_password: bool
    owner: str
    views: str
    viewed: str
    ends: str
    is_over: bool


def share_rows(
    shares: Sequence[Share], chosen: Mapping[int, int], zone: ZoneInfo, url_of: Callable[[Share], str]
) -> list[ShareRow]:
    """The rows; `chosen` are counts of chosen images by number of the share."""
    return [_row(share, chosen.get(share.number, 0), zone, url_of(share)) for share in shares]


def _row(share: Share, chosen: int, zone: ZoneInfo, url: str) -> ShareRow:
    viewed = share.viewed_at.astimezone(zone) if share.viewed_at else None
    return ShareRow(
        id=share.id,
        name=share.name,
        url=url,
        leads_to=_leads_to(share, chosen),
        album_name=share.album.name if share.album else "",
        places=PLACES[share.precision],
        gives_originals=share.gives_originals,
        has_password=share.password_hash is not None,
        owner=share.user.name,
        views=words.number(share.view_count),
        viewed=words.minute(viewed) if viewed else _("never"),
        ends=words.day(share.expires_at.astimezone(zone)) if share.expires_at else _("never"),
        is_over=share.is_over,
    )


def _leads_to(share: Share, chosen: int) -> str:
    if share.album is None:
        return ngettext(
            "%(shown)s chosen image", "%(shown)s chosen images", chosen, shown=words.number(chosen)
        )
    return _("what passes a filter of") if share.query else _("all of")
