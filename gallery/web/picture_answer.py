"""The answer that carries a picture: the original, or a rendition as the caller wants it."""

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Response, current_app, request, send_file

from gallery import current
from gallery.errors import CorruptFile, NotFound, TooLarge
from gallery.jobs import queue_of
from gallery.media.transformation import Transformation, parse
from gallery.models.image import Image
from gallery.original import limits_of, source_of
from gallery.web.attachment import attachment
from gallery.web.negotiation import HINTS, accepted_types, dpr_hint

if TYPE_CHECKING:
    from gallery.media.rendering import Source


def deliver(image: Image, chain: str, extension: str) -> Response:
    """The answer with the picture. Raises BadChain, and NotFound where its file cannot be had or read."""
    source = source_of(image, current.settings())
    try:
        if source is None:
            raise FileNotFoundError
        transformation = parse(chain, dpr_hint(request))
        is_original = extension in (image.format, image.delivery_extension)
        if is_original and not transformation.reencodes:
            return _original(image, source, transformation)
        return _rendition(image, source, transformation, extension)
    except FileNotFoundError:
        raise NotFound("the file of this picture is not here") from None
    except (CorruptFile, TooLarge) as error:
        raise NotFound(str(error)) from error


def _original(image: Image, source: "Source", transformation: Transformation) -> Response:
    """The upload untouched: its ETag is its SHA-256, and parts of it can be asked for."""
    response = send_file(
        source.path, mimetype=source.format.content_type, conditional=True, etag=source.path.name
    )
    return _named(response, image, transformation, source.format.value)


def _rendition(image: Image, source: "Source", transformation: Transformation, extension: str) -> Response:
    from gallery.media.encoding import MIME_TYPES  # noqa: PLC0415  # loads libvips, for the first picture
    from gallery.media.rendering import output_format, render  # noqa: PLC0415  # the same

    output = output_format(transformation, extension, accepted_types(request))
    made = render(source, transformation, output, limits_of(current.settings()))
    if made.is_new:
        queue_of(current_app).note_rendition(len(made.content))
    response = send_file(BytesIO(made.content), mimetype=MIME_TYPES[output], conditional=True, etag=made.etag)
    if transformation.format == "auto":
        response.vary.add("Accept")
    if transformation.depends_on_dpr:
        response.vary.update(HINTS)
    return _named(response, image, transformation, output)


def _named(response: Response, image: Image, transformation: Transformation, extension: str) -> Response:
    response.headers.pop("Content-Disposition", None)  # it would tell our own file's name
    if transformation.attachment is not None:
        name = f"{transformation.attachment or image.filename}.{extension}"
        response.headers["Content-Disposition"] = attachment(name)
    return response
