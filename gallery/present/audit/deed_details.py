"""What the details of a deed are called."""

from gallery.language import Phrases, later

NAMES = Phrases(
    {
        "address": later("network"),
        "album_ids": later("albums"),
        "came_from": later("came from"),
        "comment": later("comment"),
        "crop_h": later("height of the crop"),
        "crop_w": later("width of the crop"),
        "crop_x": later("left of the crop"),
        "crop_y": later("top of the crop"),
        "description": later("description"),
        "events": later("events"),
        "expires_at": later("ends at"),
        "fields": later("what was changed"),
        "filename": later("file name"),
        "filter": later("filter"),
        "gives_originals": later("gives originals"),
        "has_password": later("has a password"),
        "id": later("identifier"),
        "image_count": later("photographs"),
        "is_shut_out": later("is shut out"),
        "latitude": later("latitude"),
        "longitude": later("longitude"),
        "merged": later("identifier of what was merged"),
        "metadatas": later("other system’s data"),
        "mirrored": later("from another gallery"),
        "name": later("name"),
        "needs_second": later("asks for a second pair of eyes"),
        "original": later("duplicate of"),
        "outcome": later("review since then"),
        "person": later("person"),
        "person_number": later("number of the person"),
        "position": later("position"),
        "precision": later("precision"),
        "reasons": later("reasons"),
        "role_before": later("role before"),
        "rotation": later("rotation"),
        "scopes": later("scopes"),
        "sha256": later("SHA-256"),
        "share_number": later("number of the share"),
        "tags": later("tags"),
        "title": later("title"),
        "token_id": later("identifier of the token"),
        "trusted": later("source that is believed"),
        "typed": later("digest of what was typed"),
        "webhook_id": later("identifier of the webhook"),
    }
)


def name_of(detail: str) -> str:
    """In the language spoken; one that has no name is shown as it is kept."""
    return NAMES[detail] if detail in NAMES else detail.replace("_", " ")
