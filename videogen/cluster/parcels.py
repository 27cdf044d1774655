"""Values pickled without their paths, which mean another place on another machine."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any


def packed(value: object, name: Callable[[Path], str]) -> bytes:
    """Return a pickle that holds a name where the value holds a path."""
    stream = io.BytesIO()
    _Packer(stream, name).dump(value)
    return stream.getvalue()


def unpacked(parcel: bytes, place: Callable[[str], Path]) -> Any:
    """Return the value, each name in it put in its place."""
    return _Unpacker(io.BytesIO(parcel), place).load()


class _Packer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, name: Callable[[Path], str]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._name = name

    def persistent_id(self, obj: Any) -> str | None:
        return self._name(obj) if isinstance(obj, Path) else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, place: Callable[[str], Path]) -> None:
        super().__init__(stream)
        self._place = place

    def persistent_load(self, pid: Any) -> Path:
        return self._place(pid)
