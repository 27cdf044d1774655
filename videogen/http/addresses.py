"""What an address is: where it leads, whether that is public, or this machine itself."""

from __future__ import annotations

import ipaddress
import socket

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def literal_address(host: str) -> Address | None:
    """Return the address that a host is, however it is written; none where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        # The old short forms: 127.1, 0x7f000001, 2130706433.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def is_public(address: Address) -> bool:
    """Tell whether an address is on the public internet."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast


def is_loopback(host: str) -> bool:
    """Tell whether a name or a literal address is this machine."""
    address = literal_address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Return scheme, host and port, the usual port where none is named."""
    return url.scheme, url.host, port_of(url)


def port_of(url: httpx.URL) -> int:
    """Return the port of an address."""
    return url.port or (443 if url.scheme == "https" else 80)
