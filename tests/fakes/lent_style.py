"""A shipped voice's style under the name of one that only a network gives.

The model then speaks the other voice's language in a timbre that was not made for it: no stand-in
for hearing that voice, but its phonemes, lengths and sounds are the real model's.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from videogen import serialization
from videogen.voiceover.engines.catalogue import voice_hashes
from videogen.voiceover.engines.integrity import DigestRecord


def lend(voice: str, cache_folder: Path) -> None:
    """Put af_heart's style into a cache as if it were another voice's, already checked."""
    style = files("videogen.voiceover.engines").joinpath("styles", "af_heart.bin").read_bytes()
    path = cache_folder / "voices" / f"{voice}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(style)
    stat = path.stat()
    record = DigestRecord(voice_hashes()[voice], stat.st_size, stat.st_mtime_ns)
    serialization.save(path.with_suffix(".json"), record)
