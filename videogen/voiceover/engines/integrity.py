"""Large files that must be exactly what they are said to be: hashed once, then remembered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videogen import serialization
from videogen.errors import VoiceError
from videogen.files import atomic_file, digest_of
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation

# The model has 92 MB, which a line of 256 kbit/s brings within the time.
_MOST_BYTES = 256 * 2**20
_MOST_SECONDS = 3600.0
_PATIENCE = 60.0  # seconds
_ERRORS = ErrorTranslation(VoiceError, VoiceError, VoiceError, opening="The download failed: ")


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
    kept = serialization.load(DigestRecord, record)
    wanted = sha256 or (kept.sha256 if kept else "")
    stat = path.stat()
    if kept and (kept.size, kept.modified) == (stat.st_size, stat.st_mtime_ns):
        return kept.sha256 == wanted
    if digest_of(path) != wanted:
        return False
    serialization.save(record, DigestRecord(wanted, stat.st_size, stat.st_mtime_ns))
    return True


def download(url: str, path: Path, sha256: str) -> None:
    """Fetch a file whose digest is known; it takes its name only when the digest is right.

    Raises:
        VoiceError: the address can't be reached, or what it gives is another file.
    """
    with (
        Client(url, _ERRORS, seconds=_MOST_SECONDS, patience=_PATIENCE) as client,
        atomic_file(path) as partial,
    ):
        client.save(url, partial, _MOST_BYTES)
        if digest_of(partial) != sha256:
            raise VoiceError("The downloaded file is not the one expected", where=url)
