"""Content credentials are read and validated in a child, and nothing outside is asked."""

import socket
from pathlib import Path

import c2pa
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gallery.media.child import in_child
from gallery.media.confinement import Limits
from gallery.media.credentials import Credentials, CredentialState, read_credentials
from gallery.media.exif import read_exif
from gallery.media.format import Format
from gallery.present.credential_check import credential_check
from gallery.present.reviews.checks import Level
from tests.signing import GENERATED, picture, signed, signer, with_other_pixels, without_place

SMALL = Limits(timeout_s=60, memory_bytes=256 * 1024**2)
"""The least that an operator can set."""
MEDIA = {
    Format.JPG: ("JPEG", "image/jpeg"),
    Format.PNG: ("PNG", "image/png"),
    Format.WEBP: ("WEBP", "image/webp"),
}


def read(content: bytes, folder: Path, format: Format = Format.JPG, anchors: str = "") -> Credentials | None:
    path = folder / "picture"
    path.write_bytes(content)
    return in_child(SMALL, read_credentials, path, format, anchors)


def level(content: bytes, folder: Path) -> Level:
    """Of a file as the gallery judges it."""
    found = read(content, folder)
    has_place = read_exif(folder / "picture", Format.JPG).position is not None
    return credential_check(found, has_place=has_place).level


@pytest.mark.parametrize("format", MEDIA)
def test_a_signed_file_tells_its_signer(format: Format, tmp_path: Path) -> None:
    kind, media = MEDIA[format]
    found = read(signed(picture(kind), media), tmp_path, format)
    assert found == Credentials(
        CredentialState.UNKNOWN_SIGNER,
        signer="Field camera 7",
        issuer="Tests",
        generator="Fieldphone 7",
        actions=("c2pa.created",),
    )


def test_who_is_vouched_for_is_known(tmp_path: Path) -> None:
    found = read(signed(picture()), tmp_path, anchors=signer().root.decode())
    assert found is not None
    assert found.state is CredentialState.VALID


def test_a_file_without_a_manifest_has_none_and_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(c2pa, "Reader", None)
    (tmp_path / "picture").write_bytes(picture())
    assert read_credentials(tmp_path / "picture", Format.JPG) is None


def test_a_file_that_lost_its_place_alone_is_doubted_and_a_changed_one_fails(tmp_path: Path) -> None:
    content = signed(picture())
    assert level(content, tmp_path) is Level.WARN  # nobody knows the signer
    assert level(without_place(content), tmp_path) is Level.WARN
    assert level(with_other_pixels(content), tmp_path) is Level.FAIL
    assert level(content.replace(b"Fieldphone", b"Otherphone"), tmp_path) is Level.FAIL
    assert level(without_place(content).replace(b"Fieldphone", b"Otherphone"), tmp_path) is Level.FAIL


def test_what_says_that_a_model_made_it_fails(tmp_path: Path) -> None:
    assert level(signed(picture(), source=GENERATED), tmp_path) is Level.FAIL


def test_nobody_outside_is_asked(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        path = tmp_path / "picture"
        path.write_bytes(signed(picture(), by=signer(url)))
        assert url.encode() in path.read_bytes()
        assert read_credentials(path, Format.JPG) is not None  # here, where no kernel would hold it back
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


CONTENT = signed(picture())
START = CONTENT.index(b"jumdc2pa")
CHANGE = st.tuples(st.integers(START + 8, START + 8_000), st.integers(0, 255))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(START + 8, START + 8_000), st.integers(0, 255)), min_size=1, max_size=6
    )
)
def test_a_damaged_manifest_is_no_error(folder: Path, changes: list[tuple[int, int]]) -> None:
    content = bytearray(CONTENT)
    for place, byte in changes:
        content[place] = byte
    path = folder / "damaged"
    path.write_bytes(content)
    found = in_child(SMALL, read_credentials, path, Format.JPG)
    assert found is None or found.state in CredentialState
