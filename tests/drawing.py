"""Files drawn on the spot."""

from io import BytesIO

from PIL import Image


def drawn_jpeg(colour: tuple[int, int, int] = (200, 0, 0), size: tuple[int, int] = (80, 40)) -> bytes:
    """A JPEG in four colours, of which the top left is the given one: every turn of it differs."""
    width, height = size
    picture = Image.new("RGB", size, colour)
    picture.paste((0, 160, 0), (width // 2, 0, width, height // 2))
    picture.paste((0, 0, 200), (width // 2, height // 2, width, height))
    picture.paste((230, 230, 0), (0, height // 2, width // 2, height))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=95, subsampling=0)
    return buffer.getvalue()


def drawn(
    format: str, size: tuple[int, int] = (80, 40), colour: tuple[int, int, int] = (10, 90, 200)
) -> bytes:
    """A plain picture in a format that Pillow writes."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, format)
    return buffer.getvalue()


def drawn_animation(frames: int = 3) -> bytes:
    """A GIF that moves."""
    first, *rest = (Image.new("RGB", (80, 40), (60 * frame, 90, 200)) for frame in range(frames))
    buffer = BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=rest, duration=100)
    return buffer.getvalue()


def drawn_pdf(pages: int = 3) -> bytes:
    """A PDF, each page wider than the one before."""
    first, *rest = (Image.new("RGB", (72 + 10 * page, 72), (page * 20, 90, 200)) for page in range(pages))
    buffer = BytesIO()
    first.save(buffer, "PDF", save_all=True, append_images=rest, resolution=72)
    return buffer.getvalue()
