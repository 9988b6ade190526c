"""What was done, as a sentence that its actor's name stands before."""

import json
from collections.abc import Mapping
from typing import Any

from gallery.models.deed import Deed

WORDS = {
    Deed.IMAGE_ADDED: "added a photograph",
    Deed.IMAGE_EDITED: "changed a photograph",
    Deed.IMAGE_TAGGED: "put the tag {tag} on a photograph",
    Deed.IMAGE_UNTAGGED: "took the tag {tag} off a photograph",
    Deed.IMAGE_MOVED: "moved a photograph here from {came_from}",
    Deed.IMAGE_PLACED: "gave a photograph another place in its album",
    Deed.IMAGE_DUPLICATED: "made a duplicate of a photograph",
    Deed.IMAGE_TRASHED: "put a photograph into the trash",
    Deed.IMAGE_RESTORED: "brought a photograph back from the trash",
    Deed.IMAGE_PURGED: "deleted a photograph for good",
    Deed.IMAGE_PROCESSED_AGAIN: "had a photograph processed again",
    Deed.VERDICT_MADE: "decided about a photograph: {decision}",
    Deed.VERDICT_UNDONE: "took back a decision about a photograph: {decision}",
    Deed.ALBUM_CREATED: "made the album {name}",
    Deed.ALBUM_EDITED: "changed the album",
    Deed.ALBUM_ARCHIVED: "put the album away",
    Deed.ALBUM_UNARCHIVED: "brought the album back among the others",
    Deed.ALBUM_COVERED: "chose a cover for the album",
    Deed.ALBUM_MERGED: "merged {name} into the album",
    Deed.ALBUM_DELETED: "deleted the album {name}",
    Deed.MEMBER_ADMITTED: "admitted {person} to the album",
    Deed.MEMBER_DISMISSED: "dismissed {person} from the album",
    Deed.TAG_RENAMED: "renamed the tag {name} to {new_name}",
    Deed.TAG_DELETED: "deleted the tag {name}",
    Deed.SHARE_MADE: "made the share {name}",
    Deed.SHARE_REVOKED: "revoked the share {name}",
    Deed.SIGNED_IN: "signed in ({way})",
    Deed.SIGN_IN_FAILED: "could not sign in ({way})",
    Deed.SIGNED_OUT: "signed out",
    Deed.SIGNED_OUT_EVERYWHERE: "signed {person} out everywhere",
    Deed.PASSWORD_CHANGED: "gave {person} a new password",
    Deed.TOKEN_MADE: "made the token {name}",
    Deed.TOKEN_REVOKED: "revoked the token {name}",
    Deed.TOKEN_ISSUED: "printed a token for {person}",
    Deed.USER_ADDED: "added {person} as {role}",
    Deed.WEBHOOK_MADE: "made a webhook to {host}",
    Deed.WEBHOOK_CHANGED: "changed a webhook to {host}",
    Deed.WEBHOOK_DELETED: "deleted a webhook to {host}",
    Deed.EVIDENCE_PACKED: "packed evidence",
}
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
            found.append((name, _text(value)))
    return [(name.replace("_", " "), value) for name, value in found]


class _Known(dict[str, str]):
    def __missing__(self, _key: str) -> str:
        return "…"


def _quoted(name: str, value: Any) -> str:
    text = _text(value)
    return text if name in ("decision", "way", "role", "host") else f"“{text}”"


def _text(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
