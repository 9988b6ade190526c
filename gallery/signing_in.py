"""People show who they are, and the audit chain says whether they could."""

from ipaddress import ip_address, ip_network
from typing import Any

from gallery.config import Settings
from gallery.db import begin_write
from gallery.models.audit import Actor, Deed, record
from gallery.models.text import digest
from gallery.models.user import User, authenticate, find_by_email, find_by_id

_KEPT_BITS = {4: 24, 6: 48}
STRANGER = "somebody"


def sign_in(email: str, password: str, address: str | None, settings: Settings, way: str) -> User | None:
    """The person, if the password is theirs. The caller commits, also when it is not."""
    user = authenticate(email, password)
    if user is None:
        note_refusal(email, address, settings, way)
        return None
    return note_sign_in(user, address, way)


def note_sign_in(user: User, address: str | None, way: str) -> User | None:
    """Record that the person came, and how. None: a moment ago they were shut out. The caller commits."""
    user_id = user.id
    begin_write()
    found = find_by_id(user_id)
    if found is None or found.shut_out_at is not None:
        return None
    record(Deed.SIGNED_IN, actor=found, way=way, address=shortened(address))
    return found


def note_refusal(email: str, address: str | None, settings: Settings, way: str) -> None:
    """Record a failure: of an unknown address a keyed digest alone, as people type passwords there."""
    begin_write()
    known = find_by_email(email)
    said: dict[str, Any] = {"way": way, "address": shortened(address)}
    if known is not None:
        said |= {"person": known.name, "person_number": known.number}
        said |= {} if known.shut_out_at is None else {"is_shut_out": True}
    else:
        said["typed"] = digest(f"{settings.derived_key('audit').hex()} {email.strip().lower()}")[:16]
    record(Deed.SIGN_IN_FAILED, actor=Actor(None, STRANGER), **said)


def shortened(address: str | None) -> str | None:
    """The network that somebody calls from, not their device: 24 bits of IPv4, 48 of IPv6."""
    try:
        version = ip_address(address or "").version
        return str(ip_network(f"{address}/{_KEPT_BITS[version]}", strict=False))
    except ValueError:
        return None
