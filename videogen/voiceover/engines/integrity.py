"""Large files that must be exactly what they are said to be: hashed once, then remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import httpx

from videogen import serialization
from videogen.errors import VoiceError, WorkspaceError
from videogen.workspace import atomic_file, digest_of

_CHUNK_BYTES = 1 << 20
_SECONDS_TO_CONNECT = 10.0
_SECONDS_WITHOUT_A_BYTE = 30.0


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """What a file was when it was hashed; bytes and nanoseconds."""

    sha256: str
    size: int
    modified: int


def keep_digest(path: Path, record: Path) -> None:
    """Hash a file and keep the result in `record`."""
    stat = path.stat()
    serialization.save(record, DigestRecord(digest_of(path), stat.st_size, stat.st_mtime_ns))


def is_intact(path: Path, record: Path, sha256: str = "") -> bool:
    """Tell whether a file is what its record says and, where given, has this digest.

    It is hashed only where it has no record yet, or its size or time has changed since.
    """
    if not path.is_file():
        return False
    kept = _kept(record)
    wanted = sha256 or (kept.sha256 if kept else "")
    stat = path.stat()
    if kept and (kept.size, kept.modified) == (stat.st_size, stat.st_mtime_ns):
        return kept.sha256 == wanted
    if digest_of(path) != wanted:
        return False
    serialization.save(record, DigestRecord(wanted, stat.st_size, stat.st_mtime_ns))
    return True


def _kept(record: Path) -> DigestRecord | None:
    try:
        return serialization.load(DigestRecord, record)
    except WorkspaceError:
        return None  # an unreadable record is as good as none: the file is hashed again


def download(url: str, path: Path, sha256: str) -> None:
    """Fetch a file whose digest is known; it takes its name only when the digest is right.

    Raises:
        VoiceError: the address can't be reached, or what it gives is another file.
    """
    timeout = httpx.Timeout(_SECONDS_WITHOUT_A_BYTE, connect=_SECONDS_TO_CONNECT)
    try:
        with (
            atomic_file(path) as partial,
            httpx.stream("GET", url, follow_redirects=True, timeout=timeout) as answer,
        ):
            answer.raise_for_status()
            digest = hashlib.sha256()
            with partial.open("wb") as file:
                for chunk in answer.iter_bytes(_CHUNK_BYTES):
                    digest.update(chunk)
                    file.write(chunk)
            if digest.hexdigest() != sha256:
                raise VoiceError("The downloaded file is not the one expected", where=url)
    except httpx.HTTPError as exc:
        raise VoiceError(f"The download failed: {exc}", where=url) from exc
