"""A user's own pronunciations: lines of `word = phonemes`, `#` begins a comment."""

from __future__ import annotations

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
    for number, line in enumerate(lines, 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        word, equals, phonemes = (part.strip() for part in entry.partition("="))
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
