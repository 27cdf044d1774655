"""The letters that a font file has, read from its `cmap` table (OpenType 1.9)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

# Platforms and encodings of Unicode, those that reach beyond 16 bits first.
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))


def characters(path: Path, number: int) -> frozenset[int]:
    """Return the code points that font `number` of a file maps to a glyph.

    Raises:
        OSError: the file can't be read.
        ValueError: its map of Unicode is none of format 4 or 12.
    """
    with path.open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12 + 4 * number)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start + 4)
        (tables,) = struct.unpack(">H6x", file.read(8))
        records = struct.iter_unpack(">4s4xII", file.read(16 * tables))
        places = {tag: (offset, length) for tag, offset, length in records}
        offset, length = places[b"cmap"]
        file.seek(offset)
        table = file.read(length)
    return frozenset(_mapped(_unicode(table)))


def _unicode(table: bytes) -> bytes:
    (count,) = struct.unpack_from(">2xH", table)
    records = struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])
    offsets = {(platform, encoding): offset for platform, encoding, offset in records}
    return table[next(offsets[key] for key in _UNICODE if key in offsets) :]


def _mapped(table: bytes) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", table)
    if form == 12:
        (groups,) = struct.unpack_from(">12xI", table)
        for first, last, _ in struct.iter_unpack(">III", table[16 : 16 + 12 * groups]):
            yield from range(first, last + 1)
    elif form == 4:
        yield from _of_16_bits(table)
    else:
        raise ValueError(f"a character map of format {form}")


def _of_16_bits(table: bytes) -> Iterator[int]:
    (twice,) = struct.unpack_from(">6xH", table)
    words = np.frombuffer(table[: len(table) // 2 * 2], ">u2").astype(int)
    count = twice // 2
    ends, starts, deltas, offsets = (words[at : at + count] for at in _columns(count))
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                # Counted in bytes from the offset's own place.
                at = _columns(count)[3] + segment + offsets[segment] // 2 + code - first
                glyph = words[at]
                if not glyph:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF:
                yield code


def _columns(count: int) -> tuple[int, int, int, int]:
    """Return where a segment's end, start, delta and offset begin, in words."""
    return 7, 8 + count, 8 + 2 * count, 8 + 3 * count
