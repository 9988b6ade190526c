"""The door of every address below `/s/TOKEN`: who may pass, what answers carry, and who was counted."""

import time
from urllib.parse import urlsplit

from flask import Response, redirect, request, session, url_for
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from gallery import current
from gallery.access import Action, may, signed_in_user
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.language import gettext as _
from gallery.models.share import Share, find_share, note_visit
from gallery.present import words
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.shares.links import ShareLinks, id_in
from gallery.present.shares.scope import filter_of

NOTHING = "This link leads nowhere. It may be mistyped, over or revoked: ask whoever sent it for a new one."
VISIT_S = 30 * 60
"""Somebody who looks on within this time is still the same visit."""
MOST_REMEMBERED = 20


class PasswordNeeded(HTTPException):
    """The visitor is led to where the password is typed."""

    code = 302


def open_share(token: str) -> Share:
    """The share of a token, whoever asks. Raises NotFound, in the same words whatever the reason.

    Only to somebody with a link that was once good it says that it is over.
    """
    share_id = id_in(token, current.settings())
    share = find_share(share_id) if share_id else None
    if share is None or not _is_granted(share):
        raise NotFound(NOTHING)
    if share.expires_at is not None and share.is_over:
        day = words.day(share.expires_at.astimezone(current.settings().time_zone))
        raise NotFound(_("This link was good until %(day)s. Ask whoever sent it for a new one.", day=day))
    return share


def unlocked_share(token: str) -> Share:
    """The same, for a picture or data: a visitor without the password gets 401. Raises Unauthorized, too."""
    share = open_share(token)
    if not is_unlocked(share):
        raise Unauthorized("This share needs its password. Open its link first.")
    return share


def visited_share(token: str) -> Share:
    """The same, for a page: without the password it leads to the form; a new visit is counted."""
    share = open_share(token)
    if not is_unlocked(share):
        raise PasswordNeeded(response=redirect(url_for("share_pages.unlock", token=token)))
    visits = session.get("visits", {})
    is_known = time.time() - visits.get(share.id, 0) <= VISIT_S
    if is_known or signed_in_user() == share.user or request.method != "GET":
        return share
    begin_write()
    note_visit(open_share(token))
    db.session.commit()
    share = open_share(token)
    session["visits"] = _with_newest(visits, share.id, int(time.time()))
    return share


def is_unlocked(share: Share) -> bool:
    """Whether the link is enough, or the visitor knew the password that the share has now."""
    return share.password_hash is None or session.get("unlocked", {}).get(share.id) == share.password_mark


def remember_unlocked(share: Share) -> None:
    """This visitor knew this share's password."""
    session["unlocked"] = _with_newest(session.get("unlocked", {}), share.id, share.password_mark)


def links_in(token: str) -> ShareLinks:
    """The links of pictures in the share."""
    return ShareLinks(url_for("share_pages.show", token=token))


def absolute(path: str) -> str:
    """A path of ours as the whole address."""
    parts = urlsplit(current.settings().public_url)
    return f"{parts.scheme}://{parts.netloc}{path}"


def guard(response: Response) -> AnyResponse:
    """What every answer of a share carries, refusals too."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_granted(share: Share) -> bool:
    """Whether whoever made it may share still, and its filter can be read."""
    if share.album is None:
        return True
    try:
        filter_of(share.query)
    except FilterInvalid:
        return False
    return may(share.user, Action.SHARE, share.album)


def _with_newest(known: dict[str, object], key: str, value: object) -> dict[str, object]:
    """A cookie has room for few: the oldest is forgotten."""
    others = [(other, old) for other, old in known.items() if other != key]
    return dict([*others[-(MOST_REMEMBERED - 1) :], (key, value)])
