"""Words to the phonemes that Kokoro was trained on: misaki's, by language."""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from textwrap import shorten

from videogen.domain.speech import Pronounced
from videogen.errors import VoiceError
from videogen.traces import kept_apart
from videogen.voiceover.engines.catalogue import Language

_MARKS = ".,;:!?…—\"'“”«»()¿¡।。，、！？；："


# Takes a text and gives its words in order, one for each piece between spaces.
Pronounce = Callable[[str], Sequence[Pronounced]]


def pronouncer(language: Language, pronunciations: Mapping[str, str]) -> Pronounce:
    """Return what turns a language's text into phonemes; the user's own pronunciations go first.

    Raises:
        VoiceError: the language needs a package that is not installed.
    """
    try:
        with kept_apart():
            return _pronouncer(language, pronunciations)
    except ImportError as exc:
        raise VoiceError(
            f"{language.name} needs a package that is not installed: {exc.name}",
            cure=f"Install it with pip install 'videogen[{language.extra}]'.",
        ) from exc


def _pronouncer(language: Language, pronunciations: Mapping[str, str]) -> Pronounce:
    match language.code:
        case "en-us" | "en-gb":
            from videogen.voiceover.engines.english import english

            return english(pronunciations, british=language.code == "en-gb")
        case "ja":
            return _japanese(pronunciations)
        case "zh":
            return _chinese(pronunciations)
        case _:
            return _espeak(language, pronunciations)


def check_script(text: str, language: Language) -> None:
    """Refuse a text that the language's voice can't read at all.

    Raises:
        VoiceError: there is no letter in it, or most are of another script.
    """
    scripts = Counter(
        unicodedata.name(letter, "UNKNOWN").split()[0] for letter in text if letter.isalpha()
    )
    if not scripts:
        raise VoiceError("There is nothing to speak in the text", where=_excerpt(text))
    known = sum(count for script, count in scripts.items() if script in language.scripts)
    if 2 * known < scripts.total():
        strange = max(set(scripts) - set(language.scripts), key=lambda script: scripts[script])
        raise VoiceError(
            f"A voice of {language.name} can't read {strange.capitalize()} letters",
            where=_excerpt(text),
            cure="Give the text in the voice's language, or choose another voice.",
        )


def _excerpt(text: str) -> str:
    return shorten(text, width=60, placeholder="…")


def _espeak(language: Language, pronunciations: Mapping[str, str]) -> Pronounce:
    from misaki.espeak import EspeakG2P

    g2p = EspeakG2P(language=language.code)

    def pronounce(text: str) -> Sequence[Pronounced]:
        written = text.split()
        spoken = str(g2p(" ".join(written))[0]).split()
        if len(spoken) != len(written):
            # espeak-ng runs some words together; then they share what was said, evenly.
            edges = [round(i * len(spoken) / len(written)) for i in range(len(written) + 1)]
            spoken = [" ".join(spoken[a:b]) for a, b in pairwise(edges)]
        return [
            Pronounced(word, _own(word, pronunciations) or phonemes)
            for word, phonemes in zip(written, spoken, strict=True)
        ]

    return pronounce


def _japanese(pronunciations: Mapping[str, str]) -> Pronounce:
    from misaki.ja import JAG2P

    return _piece_by_piece(JAG2P(), pronunciations)


def _chinese(pronunciations: Mapping[str, str]) -> Pronounce:
    import jieba
    from misaki.zh import ZHG2P

    jieba.setLogLevel(logging.WARNING)
    return _piece_by_piece(ZHG2P(), pronunciations)


def _piece_by_piece(
    g2p: Callable[[str], tuple[str, object]], pronunciations: Mapping[str, str]
) -> Pronounce:
    """Pronounce what stands between spaces, a clause in a script that has none between words."""

    def pronounce(text: str) -> Sequence[Pronounced]:
        return [
            Pronounced(piece, _own(piece, pronunciations) or g2p(piece)[0])
            for piece in text.split()
        ]

    return pronounce


def _own(word: str, pronunciations: Mapping[str, str]) -> str:
    """The user's phonemes for a word, between the marks around it; empty where there are none."""
    bare = word.strip(_MARKS)
    own = pronunciations.get(bare) or pronunciations.get(bare.lower())
    return word.replace(bare, own) if own else ""
