import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.media.signature import is_keyed_digest, is_signed, keyed_digest, sign

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize(
    ("text", "length", "signature"),
    [
        ("sample.jpg", 8, "v2fTPYTu"),
        ("sample.jpg", 32, "2hbrSMPOjj5BJ4xV7SgFbRDevFaQNUFf"),
        ("image.jpg", 8, "--SjmNDA"),
        ("c_crop,h_20,w_10/image.jpg", 8, "Ai4Znfl3"),
    ],
)
def test_the_published_vectors_hold(text: str, length: int, signature: str) -> None:
    assert sign(text, "b", length) == signature
    assert is_signed(text, signature, ["b"])


@given(text=st.text(max_size=60), secret=st.text(max_size=20))
def test_a_signature_is_the_digest_of_text_and_secret(text: str, secret: str) -> None:
    try:
        message = (text + secret).encode()
    except UnicodeEncodeError:
        return
    assert base64.urlsafe_b64encode(hashlib.sha1(message).digest())[:8].decode() == sign(text, secret)
    assert base64.urlsafe_b64encode(hashlib.sha256(message).digest())[:32].decode() == sign(text, secret, 32)


@pytest.mark.parametrize("length", [8, 32])
def test_every_changed_character_is_refused(length: int) -> None:
    good = sign("a/b.jpg", "secret", length)
    for at in range(length):
        for letter in LETTERS.replace(good[at], ""):
            assert not is_signed("a/b.jpg", good[:at] + letter + good[at + 1 :], ["secret"])


@pytest.mark.parametrize("length", [0, 1, 7, 9, 16, 31, 33, 40])
def test_no_other_length_is_a_signature(length: int) -> None:
    longest = base64.urlsafe_b64encode(hashlib.sha256(b"b.jpgsecret").digest()).decode()
    assert not is_signed("b.jpg", longest[:length], ["secret"])


def test_a_signature_that_is_not_ascii_is_refused() -> None:
    assert not is_signed("b.jpg", "é" * 8, ["secret"])
    assert not is_keyed_digest("b.jpg", "é" * 8, [b"key"], 7)


def test_longer_cuts_of_a_keyed_digest_are_accepted_and_shorter_are_not() -> None:
    whole = keyed_digest("text", b"key", 64)
    accepted = [length for length in range(65) if is_keyed_digest("text", whole[:length], [b"key"], 11)]
    assert accepted == [*range(11, 65)]
    assert not is_keyed_digest("text", whole + "0", [b"key"], 11)
    assert not is_keyed_digest("other", whole, [b"key"], 11)
    assert not is_keyed_digest("text", whole, [b"other"], 11)


def test_eight_characters_may_be_of_either_digest() -> None:
    assert is_signed("sample.jpg", "2hbrSMPO", ["b"])
    assert not is_signed("sample.jpg", sign("sample.jpg", "b") + "A" * 24, ["b"])


def test_any_of_the_secrets_is_good_and_no_other() -> None:
    for secret in ("new", "old", "older"):
        assert is_signed("a.jpg", sign("a.jpg", secret), ["new", "old", "older"])
        assert is_signed("a.jpg", sign("a.jpg", secret, 32), ["new", "old", "older"])
    assert not is_signed("a.jpg", sign("a.jpg", "oldest"), ["new", "old", "older"])
    assert not is_signed("a.jpg", sign("a.jpg", ""), [])
