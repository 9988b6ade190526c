"""`/api/v1/uploads`: uploads that can be resumed, by the tus protocol."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.exceptions import MethodNotAllowed

from gallery import current, resumable
from gallery.access import Action, may
from gallery.api import tus
from gallery.api.access import Denied, album_for, caller
from gallery.api.credential import needs
from gallery.api.errors import answer
from gallery.api.operation import operation
from gallery.db import db
from gallery.errors import CorruptFile, NotFound, StorageFull, TooLarge, UnsupportedFile
from gallery.jobs import queue_of
from gallery.media.partial import ChecksumMismatch, OffsetConflict, UploadLocked
from gallery.models.personal_token import Scope
from gallery.models.upload import BadUploadMetadata, ResumableUpload, find_upload
from gallery.particulars import BadLocation, BadMetadatas

blueprint = Blueprint("uploads", __name__, url_prefix="/api/v1")
blueprint.after_request(tus.introduce)
OF_ALBUM, ONE = "/albums/<album:album_id>/uploads", "/uploads/<upload_id>"
_EXACT: dict[str, Any] = {"provide_automatic_options": False}
_OF_ONE = (NotFound, UploadLocked, resumable.UploadGone, tus.WrongVersion)
_OF_PIECES = (
    *_OF_ONE,
    *(tus.BadUploadHeader, OffsetConflict, TooLarge, tus.WrongContentType, UnsupportedFile, CorruptFile),
    *(ChecksumMismatch, StorageFull),
)


@blueprint.route(OF_ALBUM, methods=["OPTIONS"], **_EXACT)
@blueprint.route("/uploads", methods=["OPTIONS"], **_EXACT)
@blueprint.route(ONE, methods=["OPTIONS"], **_EXACT)
@operation("Abilities of uploads that can be resumed", answers={204: None}, is_public=True)
def options(**_place: str) -> Response:
    """What this server can do, for anybody."""
    return tus.abilities(current.settings())


@blueprint.post(OF_ALBUM, **_EXACT)
@operation(
    "Begin an upload that can be resumed",
    body=bytes,
    body_media=(tus.PIECE_TYPE,),
    body_required=False,
    headers=tus.OF_CREATION,
    answers={201: None},
    refusals=(*_OF_PIECES, BadUploadMetadata, BadLocation, BadMetadatas, resumable.TooManyUploads),
    is_replayable=False,
)
def create(album_id: str) -> Response:
    """Begin an upload, with its first bytes where they come along."""
    tus.require_version()
    user = caller()
    album, settings = album_for(user, Action.ADD, album_id), current.settings()
    metadata = request.headers.get("Upload-Metadata", "")
    length_bytes = tus.number_in("Upload-Length")
    upload = resumable.begin(album, user, length_bytes, metadata, settings, request.remote_addr)
    db.session.commit()
    response = _append(upload, 0) if tus.has_piece() else tus.tell(Response(), upload, 0)
    response.headers["Location"] = url_for("uploads.show", upload_id=upload.id)
    if response.status_code < HTTPStatus.BAD_REQUEST:
        response.status_code = HTTPStatus.CREATED
    return response


@blueprint.route(ONE, methods=["HEAD"], **_EXACT)
@needs(Scope.WRITE)
@operation("Ask how far an upload is", headers=tus.OF_ALL, answers={200: None}, refusals=_OF_ONE)
def show(upload_id: str) -> Response:
    """How far the upload is, or how it ended."""
    upload = _own(upload_id)
    progress = resumable.settle(upload, current.settings())
    return tus.describe(_outcome(upload, progress, HTTPStatus.OK), upload)


@blueprint.patch(ONE, **_EXACT)
@operation(
    "Send a piece",
    body=bytes,
    body_media=(tus.PIECE_TYPE,),
    headers=tus.OF_PIECES,
    answers={204: None},
    refusals=_OF_PIECES,
)
def update(upload_id: str) -> Response:
    """Add a piece."""
    upload = _own(upload_id)
    tus.require_piece()
    return _append(upload, tus.number_in("Upload-Offset"))


@blueprint.delete(ONE, **_EXACT)
@operation("Forget an upload", headers=tus.OF_ALL, answers={204: None}, refusals=_OF_ONE)
def destroy(upload_id: str) -> Response:
    """Forget the upload. Images that were made of it stay."""
    resumable.abandon(_own(upload_id), current.settings())
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.post(ONE, **_EXACT)
@operation(
    "The same by another method",
    body=bytes,
    body_media=(tus.PIECE_TYPE,),
    body_required=False,
    headers={"X-HTTP-Method-Override": "`HEAD`, `PATCH` or `DELETE`.", **tus.OF_PIECES},
    answers={200: None, 204: None},
    refusals=_OF_PIECES,
    is_replayable=False,
)
def overridden(upload_id: str) -> Response:
    """The method that the client means, where something on its way lets only POST pass."""
    views = {"HEAD": show, "PATCH": update, "DELETE": destroy}
    view = views.get(request.headers.get("X-HTTP-Method-Override", ""))
    if view is None:
        raise MethodNotAllowed(["HEAD", "PATCH", "DELETE", "OPTIONS"])
    return view(upload_id)


def _own(upload_id: str) -> ResumableUpload:
    """The caller's upload. Raises NotFound for another's, Denied, UploadGone."""
    tus.require_version()
    user, upload = caller(), find_upload(upload_id)
    if upload is None or upload.user_number != user.number:
        raise NotFound("There is no such upload.")
    if not may(user, Action.ADD, upload.album):
        raise Denied
    if upload.is_too_old:
        raise resumable.UploadGone("This upload's time is over. Begin it again.")
    return upload


def _append(upload: ResumableUpload, offset_bytes: int) -> Response:
    stream = tus.piece(upload.length_bytes)
    progress = resumable.append(upload, stream, offset_bytes, tus.checksum(), current.settings())
    return _outcome(upload, progress, HTTPStatus.NO_CONTENT)


def _outcome(upload: ResumableUpload, progress: resumable.Progress, status: HTTPStatus) -> Response:
    """How far it is, or what it was refused for."""
    queue_of(current_app).process(*progress.numbers_to_process)
    refusal = upload.refusal
    response = Response(status=status) if refusal is None else answer(**refusal)
    return tus.tell(response, upload, progress.offset_bytes)
