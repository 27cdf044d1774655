"""The pieces of music that are laid under a cut, from a file or a folder."""

from __future__ import annotations

import random
from pathlib import Path

from videogen.errors import UsageError

SUFFIXES = frozenset(
    {".aac", ".aif", ".aiff", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav", ".wma"}
)


def music_tracks(music: Path | None, project_id: str) -> tuple[Path, ...]:
    """Return the file itself, or a folder's files in an order of the project's own.

    Raises:
        UsageError: there is no such file or folder, or the folder holds no music.
    """
    if music is None:
        return ()
    if music.is_file():
        return (music,)
    if not music.is_dir():
        raise UsageError("There is no such file or folder of music", where=str(music))
    found = sorted(path for path in music.iterdir() if path.suffix.lower() in SUFFIXES)
    if not found:
        raise UsageError(
            "The folder holds no music",
            where=str(music),
            cure=f"Take {', '.join(sorted(SUFFIXES))}.",
        )
    random.Random(project_id).shuffle(found)  # noqa: S311 - any order will do, the same each time
    return tuple(found)
