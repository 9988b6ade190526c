from hypothesis import given
from hypothesis import strategies as st

from gallery.models.upload import BadUploadMetadata, decode_metadata


@given(st.text())
def test_any_metadata_header_is_read_or_refused_by_name(header: str) -> None:
    try:
        fields = decode_metadata(header)
    except BadUploadMetadata:
        return
    assert all("\x00" not in value and "," not in key for key, value in fields)
