"""The headers of the tus protocol, version 1.0.0 (tus.io/protocols/resumable-upload)."""

import base64
import re
from typing import IO

from flask import Response, request
from werkzeug.http import http_date

from gallery.config import Settings
from gallery.errors import GalleryError, TooLarge
from gallery.media.partial import CHECKSUM_ALGORITHMS, Checksum
from gallery.models.upload import ResumableUpload

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
PIECE_TYPE = "application/offset+octet-stream"
SHOWN_IDS = 50
"""As many image ids as proxies and clients take in a header."""
OF_ALL = {"Tus-Resumable": f"`{VERSION}`."}
OF_CREATION = {
    **OF_ALL,
    "Upload-Length": "Bytes of the whole file.",
    "Upload-Metadata": "`filename`, `tags`, `title`, `description`, `metadatas`, `latitude`, `longitude`, "
    "`accuracy`, `fixed_at`: each a key, a space and the value in Base64, commas between.",
}
OF_PIECES = {
    **OF_ALL,
    "Upload-Offset": "Bytes that came before this piece.",
    "Upload-Checksum": f"One of {', '.join(CHECKSUM_ALGORITHMS)}, a space, and the piece's digest in Base64.",
}
"""What requests say, in words for the API's description."""
_NUMBER = re.compile(r"[0-9]{1,18}")


class WrongVersion(GalleryError):
    """The client speaks another version of the protocol."""

    code = "wrong_tus_version"
    status = 412


class WrongContentType(GalleryError):
    """A piece is sent as something else."""

    code = "wrong_content_type"
    status = 415


class BadUploadHeader(GalleryError):
    """A header of the protocol is missing, or cannot be read."""

    code = "bad_upload_header"


def require_version() -> None:
    """Raises WrongVersion."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise WrongVersion(f"Send Tus-Resumable: {VERSION}.")


def require_piece() -> None:
    """Raises WrongContentType unless the body is a piece of a file."""
    if request.mimetype != PIECE_TYPE:
        raise WrongContentType(f"Send a piece as Content-Type: {PIECE_TYPE}.")


def has_piece() -> bool:
    """Whether bytes come along with the creation."""
    return request.mimetype == PIECE_TYPE


def piece(length_bytes: int) -> IO[bytes]:
    """The body, which is a part of a file of this length. Raises TooLarge where it says that it is more."""
    if (request.content_length or 0) > length_bytes:
        raise TooLarge("The piece is longer than the upload was announced to be.")
    request.max_content_length = length_bytes + 2  # so that one byte too many is met and named by us
    return request.stream


def number_in(header: str) -> int:
    """The header's number of bytes. Raises BadUploadHeader."""
    text = request.headers.get(header, "")
    if not _NUMBER.fullmatch(text):
        raise BadUploadHeader(f"{header} must be a number of bytes.")
    return int(text)


def checksum() -> Checksum | None:
    """What the piece must come to; None: the client does not say. Raises BadUploadHeader."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except ValueError:
        digest = b""
    if algorithm not in CHECKSUM_ALGORITHMS or not digest:
        raise BadUploadHeader(
            f"Upload-Checksum must be one of {', '.join(CHECKSUM_ALGORITHMS)}, a space, and Base64."
        )
    return Checksum(algorithm, digest)


def introduce(response: Response) -> Response:
    """Say which version this is, and on a wrong one which there are."""
    response.headers["Tus-Resumable"] = VERSION
    if response.status_code == WrongVersion.status:
        response.headers["Tus-Version"] = VERSION
    return response


def abilities(settings: Settings) -> Response:
    """The answer to OPTIONS."""
    response = Response(status=204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = EXTENSIONS
    response.headers["Tus-Max-Size"] = str(settings.max_upload_bytes)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(CHECKSUM_ALGORITHMS)
    return response


def tell(response: Response, upload: ResumableUpload, offset_bytes: int) -> Response:
    """Put on an answer how far the upload is, and how it ended."""
    response.headers["Upload-Offset"] = str(offset_bytes)
    if upload.is_open:
        response.headers["Upload-Expires"] = http_date(upload.expires_at)
    else:
        response.headers["Upload-Result"] = str(upload.result)
        response.headers["Upload-Images"] = ",".join(upload.image_ids[:SHOWN_IDS])
    return response


def describe(response: Response, upload: ResumableUpload) -> Response:
    """Put on an answer what the upload was announced as."""
    response.headers["Upload-Length"] = str(upload.length_bytes)
    if upload.metadata_header:
        response.headers["Upload-Metadata"] = upload.metadata_header
    return response
