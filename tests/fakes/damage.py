"""Texts and files as damage and malice make them, from whole ones, the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Sequence

# What parsers were seen to stumble over.
_TOKENS = (
    b"{", b"[" * 60, b'{"a":' * 40, b"\\ud83d", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\0", b"\r\n",
    b"1" * 400, b"9" * 5000, b"-1", b"1e999", b"NaN", b"Infinity", b"\x1b[2J", b"\xe2\x80\xae", b"null",
    b'"', b"'", b"\\", b"${HOME}", b"%s", b"<a>", b"](", b"``` ", b"# ", b"- ", b"\n\n", b"\t", b"@",
    b"a" * 700, b". " * 200, b"xn--a", b"https://[", b"file:///etc/passwd", b"true", b"[]", b"{}", b"0",
)  # fmt: skip


def damaged(whole: bytes, number: int, others: Sequence[bytes] = ()) -> bytes:
    """Return what one to six faults make of a whole: flips, cuts, repeats, swaps, foreign parts."""
    chance = random.Random(number)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        _spoil(data, chance, others)
    return bytes(data)


def _spoil(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + int(chance.paretovariate(0.7)))
    match chance.randrange(8):
        case 0 if data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        case 1:
            del data[at:]
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = data[at:end][:2000] * chance.choice((1, 2, 30))
        case 4:
            data[at:end] = bytes(min(end - at, 5000))
        case 5 if others:
            other = chance.choice(others)
            begin = chance.randrange(len(other) + 1)
            data[at:at] = other[begin : begin + chance.choice((4, 40, 400))]
        case 6:
            data[at:at] = chance.randbytes(chance.choice((1, 4, 16)))
        case _:
            data[at:at] = chance.choice(_TOKENS)
