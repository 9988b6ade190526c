"""What can be done in the gallery that is written into the audit chain."""

from enum import StrEnum


class Deed(StrEnum):
    """What somebody did. A name is never given to anything else later."""

    IMAGE_ADDED = "image_added"
    IMAGE_EDITED = "image_edited"
    IMAGE_TAGGED = "image_tagged"
    IMAGE_UNTAGGED = "image_untagged"
    IMAGE_MOVED = "image_moved"
    IMAGE_PLACED = "image_placed"
    """In the order of its album."""
    IMAGE_DUPLICATED = "image_duplicated"
    IMAGE_TRASHED = "image_trashed"
    IMAGE_RESTORED = "image_restored"
    IMAGE_PURGED = "image_purged"
    IMAGE_PROCESSED_AGAIN = "image_processed_again"
    VERDICT_MADE = "verdict_made"
    VERDICT_UNDONE = "verdict_undone"
    VERDICT_REOPENED = "verdict_reopened"
    """File or claims are not what it was based on."""
    ALBUM_CREATED = "album_created"
    ALBUM_EDITED = "album_edited"
    ALBUM_ARCHIVED = "album_archived"
    ALBUM_UNARCHIVED = "album_unarchived"
    ALBUM_COVERED = "album_covered"
    ALBUM_MERGED = "album_merged"
    ALBUM_DELETED = "album_deleted"
    MEMBER_ADMITTED = "member_admitted"
    MEMBER_DISMISSED = "member_dismissed"
    TAG_RENAMED = "tag_renamed"
    TAG_DELETED = "tag_deleted"
    SHARE_MADE = "share_made"
    SHARE_REVOKED = "share_revoked"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # a deed's name
    TOKEN_MADE = "token_made"  # noqa: S105  # a deed's name
    TOKEN_REVOKED = "token_revoked"  # noqa: S105  # a deed's name
    TOKEN_ISSUED = "token_issued"  # noqa: S105  # a deed's name
    USER_ADDED = "user_added"
    USER_RENAMED = "user_renamed"
    USER_SHUT_OUT = "user_shut_out"
    USER_LET_IN = "user_let_in"
    ROLE_CHANGED = "role_changed"
    WEBHOOK_MADE = "webhook_made"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_DELETED = "webhook_deleted"
    EVIDENCE_PACKED = "evidence_packed"
