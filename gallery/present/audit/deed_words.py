"""What was done, as a sentence that its actor's name stands before."""

import json
from collections.abc import Mapping
from typing import Any

from gallery.language import Phrases, later
from gallery.language import gettext as _
from gallery.models.claim import Source
from gallery.models.deed import Deed
from gallery.models.review_state import ReviewState
from gallery.models.verdict import Reason
from gallery.present.audit.deed_details import name_of
from gallery.present.reviews.review_words import REASONS, STATES, TRUST

WORDS = Phrases(
    {
        Deed.IMAGE_ADDED: later("added a photograph"),
        Deed.IMAGE_EDITED: later("changed a photograph"),
        Deed.IMAGE_TAGGED: later("put the tag {tag} on a photograph"),
        Deed.IMAGE_UNTAGGED: later("took the tag {tag} off a photograph"),
        Deed.IMAGE_MOVED: later("moved a photograph here from {came_from}"),
        Deed.IMAGE_PLACED: later("gave a photograph another place in its album"),
        Deed.IMAGE_DUPLICATED: later("made a duplicate of a photograph"),
        Deed.IMAGE_TRASHED: later("put a photograph into the trash"),
        Deed.IMAGE_RESTORED: later("brought a photograph back from the trash"),
        Deed.IMAGE_PURGED: later("deleted a photograph for good"),
        Deed.IMAGE_PROCESSED_AGAIN: later("had a photograph processed again"),
        Deed.VERDICT_MADE: later("decided about a photograph: {decision}"),
        Deed.VERDICT_UNDONE: later("took back a decision about a photograph: {decision}"),
        Deed.VERDICT_REOPENED: later("reopened a decision about a photograph, which has changed: {decision}"),
        Deed.ALBUM_CREATED: later("made the album {name}"),
        Deed.ALBUM_EDITED: later("changed the album"),
        Deed.ALBUM_ARCHIVED: later("put the album away"),
        Deed.ALBUM_UNARCHIVED: later("brought the album back among the others"),
        Deed.ALBUM_COVERED: later("chose a cover for the album"),
        Deed.ALBUM_MERGED: later("merged {name} into the album"),
        Deed.ALBUM_DELETED: later("deleted the album {name}"),
        Deed.MEMBER_ADMITTED: later("admitted {person} to the album"),
        Deed.MEMBER_DISMISSED: later("dismissed {person} from the album"),
        Deed.TAG_RENAMED: later("renamed the tag {name} to {new_name}"),
        Deed.TAG_DELETED: later("deleted the tag {name}"),
        Deed.SHARE_MADE: later("made the share {name}"),
        Deed.SHARE_REVOKED: later("revoked the share {name}"),
        Deed.SIGNED_IN: later("signed in ({way})"),
        Deed.SIGN_IN_FAILED: later("could not sign in ({way})"),
        Deed.SIGNED_OUT: later("signed out"),
        Deed.SIGNED_OUT_EVERYWHERE: later("signed {person} out everywhere"),
        Deed.PASSWORD_CHANGED: later("gave {person} a new password"),
        Deed.TOKEN_MADE: later("made the token {name}"),
        Deed.TOKEN_REVOKED: later("revoked the token {name}"),
        Deed.TOKEN_ISSUED: later("printed a token for {person}"),
        Deed.USER_ADDED: later("added {person} as {role}"),
        Deed.USER_RENAMED: later("gave {person} the name {name}"),
        Deed.USER_SHUT_OUT: later("shut {person} out"),
        Deed.USER_LET_IN: later("let {person} in again"),
        Deed.ROLE_CHANGED: later("gave {person} the role {role}"),
        Deed.WEBHOOK_MADE: later("made a webhook to {host}"),
        Deed.WEBHOOK_CHANGED: later("changed a webhook to {host}"),
        Deed.WEBHOOK_DELETED: later("deleted a webhook to {host}"),
        Deed.EVIDENCE_PACKED: later("packed evidence"),
    }
)
LONGEST = 500


def sentence(deed: Deed, details: Mapping[str, Any]) -> str:
    """`put the tag “crane” on a photograph`."""
    said = {name: _quoted(name, value) for name, value in details.items()}
    return WORDS[deed].format_map(_Known(said))


def detail_list(deed: Deed, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of what the sentence does not say; of a change what was and what is."""
    found = []
    for name, value in details.items():
        if name == "changed" and isinstance(value, dict):
            found += [(key, f"{_text(pair[0])} → {_text(pair[1])}") for key, pair in value.items()]
        elif "{" + name + "}" not in WORDS[deed] and value not in (None, "", []):
            found.append((name, _value(name, value)))
    return [(name_of(name), value) for name, value in found]


class _Known(dict[str, str]):
    def __missing__(self, _key: str) -> str:
        return "…"


def _quoted(name: str, value: Any) -> str:
    text = _text(value)
    return text if name in ("decision", "way", "role", "host") else f"“{text}”"


def _value(name: str, value: Any) -> str:
    """Of verdicts as their own page says it."""
    if name == "reasons":
        return "; ".join(REASONS[Reason(reason)] for reason in value)
    if name == "trusted":
        return TRUST[Source(value)]
    return STATES[ReviewState(value)] if name == "outcome" else _text(value)


def _text(value: Any) -> str:
    if value in (None, ""):
        return _("nothing")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
