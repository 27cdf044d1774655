"""Local files: a folder of videos and stills, told apart by name, folder and sidecar text.

A sidecar is a text file beside a clip: `harbour.txt` (or `harbour.mp4.txt`) for `harbour.mp4`. Its
text describes the clip; lines such as `Credit: Jane Doe` or `License: CC BY 4.0` name the rights.
"""

from __future__ import annotations

import functools
import logging
import os
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

from videogen.barrier import Fault, attempt
from videogen.domain.footage import LOCAL, OWN_FILE, Candidate, Clip, MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.fetch.pieces import piece_start
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.provider import FootageProvider, Setup
from videogen.media.probe import glance, probe

VIDEO_SUFFIXES = frozenset(
    ".mp4 .mov .m4v .mkv .webm .avi .mpg .mpeg .wmv .ts .mts .m2ts .vob .flv .3gp .ogv .mxf .dv "
    ".gif".split()
)
STILL_SUFFIXES = frozenset(".jpg .jpeg .png .webp .bmp .tif .tiff .heic .heif .avif".split())
_SUFFIXES = VIDEO_SUFFIXES | STILL_SUFFIXES
_FACT = re.compile(r"^(title|credit|license|licence|source)\s*:\s*(.+)$", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\ud800-\udfff]")
_MOST_SIDECAR_BYTES = 64 * 2**10

log = logging.getLogger(__name__)


class LocalSource:
    """Clips from a folder and the folders in it; nothing is copied."""

    name = LOCAL
    is_remote = False
    tells_lengths = True

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise SourceUnavailable(
                "The folder of clips is no folder", where=str(folder), cure="Check --clips."
            )
        self._folder = folder.resolve()
        self._candidates: tuple[Candidate, ...] | None = None
        self._lock = threading.Lock()

    def search(self, query: Query) -> Sequence[Candidate]:  # noqa: ARG002
        """Return every clip of the folder by name: how well each fits is for the caller to say."""
        with self._lock:
            if self._candidates is None:
                self._candidates = tuple(self._described())
            return self._candidates

    def lookup(self, identifier: str) -> Candidate:
        """Return the clip of that path relative to the folder."""
        return self._describe(self._located(identifier))

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        """Return a piece of the file where it lies, with all that follows the piece's start."""
        path = self._located(candidate.id)
        found = probe(path, _kind(path))
        media = MediaFile(path, found.kind)
        if found.kind == "still":
            return Clip(candidate, media, start=0.0, offset=0.0, duration=seconds)
        start = piece_start(found.duration, seconds, take)
        return Clip(candidate, media, start, offset=start, duration=found.duration - start)

    def close(self) -> None:
        """Nothing is held."""

    def _described(self) -> Iterator[Candidate]:
        """Yield the clips that can be told of; the others are named in a warning each."""
        for path in self._clips():
            found = attempt(functools.partial(self._describe, path))
            if isinstance(found, Fault):
                name = os.fsencode(path.relative_to(self._folder)).decode(errors="replace")
                log.warning("A clip is left out: %s", found.told_of(name))
            else:
                yield found

    def _clips(self) -> list[Path]:
        def unreadable(error: OSError) -> None:
            log.warning("A folder of clips is left out: %s", Fault(error).told_of(""))

        walk = os.walk(self._folder, onerror=unreadable)
        found = (Path(folder, name) for folder, _, names in walk for name in names)
        return sorted(path for path in found if path.suffix.lower() in _SUFFIXES)

    def _located(self, identifier: str) -> Path:
        path = self._folder / identifier
        # By its parts, not by where it leads: a link in the folder is the user's own business. An
        # absolute path is a file that the user named; nothing else brings one here.
        is_named = Path(identifier).is_absolute() and path.suffix.lower() in _SUFFIXES
        is_inside = path.is_relative_to(self._folder) and ".." not in path.parts
        if not (is_inside or is_named) or "\0" in identifier or not path.is_file():
            raise FootageError(
                "There is no such clip", where=repr(identifier), cure=f"Look in {self._folder}."
            )
        return path

    def _describe(self, path: Path) -> Candidate:
        # Names from an old archive may be bytes of no encoding: no row and no page could hold them.
        if _NO_TEXT.search(str(path)):
            raise UnusableClip("Its name is no text", cure="Rename it.")
        if not path.is_file():
            raise UnusableClip("It is no file")
        is_inside = path.is_relative_to(self._folder)
        relative = path.relative_to(self._folder) if is_inside else path
        facts, text = _read_sidecar(path)
        folders = relative.parts[:-1] if is_inside else ()
        found = glance(path, _kind(path))
        return Candidate(
            source=self.name,
            id=PurePosixPath(relative).as_posix(),
            title=facts.get("title") or re.sub(r"[\W_]+", " ", path.stem).strip(),
            credit=facts.get("credit", ""),
            license=facts.get("license") or facts.get("licence") or OWN_FILE,
            url=facts.get("source", ""),
            description=text,
            keywords=tuple(re.sub(r"[\W_]+", " ", part) for part in folders),
            duration=(found and found.duration) or None,
            width=found.width if found else None,
            height=found.height if found else None,
            kind=_kind(path),
        )


def _kind(path: Path) -> Literal["video", "still"]:
    return "still" if path.suffix.lower() in STILL_SUFFIXES else "video"


def _read_sidecar(path: Path) -> tuple[dict[str, str], str]:
    for sidecar in (path.with_suffix(".txt"), path.with_name(f"{path.name}.txt")):
        if sidecar.is_file():
            with sidecar.open("rb") as file:
                text = file.read(_MOST_SIDECAR_BYTES).decode("utf-8", errors="replace")
            lines = text.splitlines()
            matches = [(line, _FACT.match(line)) for line in lines]
            facts = {match[1].lower(): match[2].strip() for _, match in matches if match}
            return facts, "\n".join(line for line, match in matches if not match).strip()
    return {}, ""


def _open(setup: Setup) -> FootageSource:
    if setup.options.clips is None:
        raise SourceUnavailable("No folder of clips is given", cure="Name one with --clips.")
    return LocalSource(setup.options.clips)


PROVIDER = FootageProvider(
    open=_open,
    probe=None,
    needs="`--clips DIR`",
    gives="your clips, known by file name, folder and a `.txt` beside them; its lines `Credit: …`, "
    "`License: …`, `Source: …` go into the credits",
)
