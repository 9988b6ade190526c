import pytest

from gallery.db import db
from gallery.models.user import (
    NOBODYS_HASH,
    Role,
    User,
    UserInvalid,
    authenticate,
    find_by_email,
    from_session,
)
from tests.engines import both_engines


@pytest.fixture
def ann(context: None) -> User:
    user = User.create("  Ann@Example.ORG", "correct horse")
    db.session.add(user)
    db.session.commit()
    return user


@both_engines
def test_an_address_is_known_in_any_case(ann: User) -> None:
    assert ann.email == "ann@example.org"
    assert find_by_email(" ANN@example.org ") is ann
    assert find_by_email("bob@example.org") is None
    assert (ann.name, ann.role, ann.is_admin) == ("ann", Role.MEMBER, False)


@pytest.mark.slow
@both_engines
def test_only_the_right_password_signs_in(ann: User) -> None:
    assert authenticate("Ann@example.org", "correct horse") is ann
    for wrong in ("", "Correct horse", "correct horse ", "correct"):
        assert authenticate("ann@example.org", wrong) is None
    assert authenticate("bob@example.org", "correct horse") is None
    cost, _, _ = ann.password_hash.partition("$")
    assert NOBODYS_HASH.startswith(f"{cost}$"), "an unknown address is answered after another time"


def test_the_password_is_kept_as_a_salted_hash(ann: User) -> None:
    assert "correct horse" not in ann.password_hash
    assert User.create("b@c", "correct horse").password_hash != ann.password_hash


def test_a_session_ends_with_the_password_that_it_began_with(ann: User) -> None:
    session_id = ann.get_id()
    assert from_session(session_id) is ann
    ann.password_hash = User.create("b@c", "another password").password_hash
    db.session.commit()
    assert from_session(session_id) is None
    assert from_session(ann.get_id()) is ann


@pytest.mark.parametrize("session_id", ["", ":", "x", "14364f29-c30d-4bbb-992c-19e6031244f7:abc"])
def test_a_session_of_nobody_is_nobodys(ann: User, session_id: str) -> None:
    assert from_session(session_id) is None
    assert from_session(ann.id) is None
    assert from_session(f"{ann.id}:") is None


def test_seven_characters_are_no_password() -> None:
    with pytest.raises(UserInvalid):
        User.create("a@b", "1234567")
    assert User.create("a@b", "12345678").has_password("12345678")
