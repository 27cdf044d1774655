"""Pronunciations as lines of `word = phonemes`, `#` begins a comment: a user's own, and ours."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kokoro_onnx.config import DEFAULT_VOCAB

from videogen.errors import UsageError


def read_pronunciations(path: Path) -> dict[str, str]:
    """Return each word with its phonemes in Kokoro's alphabet.

    Raises:
        UsageError: the file can't be read, a line is no pair, or a phoneme is not in the alphabet.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(
            f"The pronunciation file can't be read: {exc}",
            where=str(path),
            cure="Give a UTF-8 text of lines `word = phonemes`.",
        ) from exc
    found = {}
    for number, word, equals, phonemes in _entries(lines):
        strange = "".join(sorted(set(phonemes) - set(DEFAULT_VOCAB)))
        if not (word and equals and phonemes) or strange or " " in word:
            raise UsageError(
                f"Line {number} has phonemes that the voice does not know: {strange}"
                if strange
                else f"Line {number} is not one word, an equals sign and its phonemes",
                where=str(path),
                cure="Write for example: Kyiv = kiv",
            )
        found[word] = phonemes
    return found


def english_pronunciations(*, british: bool) -> dict[str, str]:
    """Return the words, and words that stand together, that come with the package."""
    text = files("videogen.voiceover.engines").joinpath("english.txt").read_text(encoding="utf-8")
    found = {}
    for _, words, _, phonemes in _entries(text.splitlines()):
        american, bar, other = (part.strip() for part in phonemes.partition("|"))
        found[words] = other if british and bar else american
    return found


def _entries(lines: list[str]) -> Iterator[tuple[int, str, str, str]]:
    for number, line in enumerate(lines, 1):
        if entry := line.partition("#")[0].strip():
            word, equals, phonemes = (part.strip() for part in entry.partition("="))
            yield number, word, equals, phonemes
