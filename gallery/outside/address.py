"""Which addresses of the internet are anybody's, and which are ours or our neighbours'."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from gallery.errors import GalleryError

Resolve = Callable[[str, int], list[str]]
"""(host, port) to the addresses that the host's name stands for."""
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""RFC 6052 and RFC 8215: the last 32 bits are an IPv4 address."""


class AddressRefused(GalleryError):
    """The address is of a network that is not open to everybody, or of none."""

    code = "address_refused"
    status = 422


def resolve(host: str, port: int) -> list[str]:
    """What the system's resolver says. Raises AddressRefused for a name that nobody knows."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused("There is no host %(host)s.", host=repr(host[:80])) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def open_addresses(host: str, port: int, resolver: Resolve = resolve) -> list[str]:
    """The host's addresses, if every one of them is open to everybody. Raises AddressRefused."""
    found = resolver(host, port)
    for text in found:
        if not is_open(text):
            raise AddressRefused("%(host)s is in a private network, where nothing is sent.", host=host[:80])
    return found


def is_open(text: str) -> bool:
    """Whether this is a unicast address of the public internet, by whichever form it is written in."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        return is_open(str(inner))
    return address.is_global and not address.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that this one leads to: mapped, compatible, 6to4, Teredo or NAT64."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or int(address) >> 32 == 0:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
