"""What is heard of a text: its phonemes, by which two spellings of the same speech are equal."""

from __future__ import annotations

from functools import cache

from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.engines.phonemes import Pronounce, pronouncer

# "fifty-two" and "52" are stressed otherwise, and a titles' vowel is reduced or not.
_UNHEARD = str.maketrans("ᵊᵻ", "əə", " ˈˌ")


def heard(text: str, voice: str = "af_sky") -> str:
    """Return a text's phonemes without stress and spaces, its marks included."""
    words = _pronouncer(voice)(text)
    return "".join(word.phonemes for word in words).translate(_UNHEARD)


@cache
def _pronouncer(voice: str) -> Pronounce:
    return pronouncer(language_of(voice), {})
