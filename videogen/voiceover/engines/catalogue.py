"""The official Kokoro v1.0 voices: their names, their languages, and the web app's ids for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from videogen.errors import VoiceError

DEFAULT_VOICE = "af_bella"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the model speaks.

    `code` is espeak-ng's name of it, `sample` a text of it to hear a voice and its rate by,
    `scripts` the first words of its letters' Unicode names, `extra` the optional dependencies that
    its pronunciation needs; empty where none.
    """

    code: str
    name: str
    sample: str
    scripts: tuple[str, ...] = ("LATIN",)
    extra: str = ""


# As dense with years, amounts and names as narrations are, for they take longer than plain words.
_ENGLISH = (
    "The sea covers most of our planet, and for centuries ships carried news and goods from one "
    "coast to another. In 1858, a first cable crossed the Atlantic, and it failed within three "
    "weeks. Today about 95% of what the continents say to each other travels along the ocean "
    "floor. A signal crosses in a blink what took Captain Cook the better part of a year, yet "
    "nearly everything that we buy still spends some time on the water. That is why narrow "
    "straits, quiet harbors and a few crowded canals matter far more than their size on a map "
    "suggests, and why nobody who stands on a beach ever thinks of them until the day they close."
)

# A voice's first letter names its language, its second the speaker's sex: hexgrad/Kokoro-82M,
# VOICES.md.
_LANGUAGES = {
    "a": Language("en-us", "American English", _ENGLISH),
    "b": Language("en-gb", "British English", _ENGLISH),
    "e": Language(
        "es",
        "Spanish",
        "El mar cubre la mayor parte de nuestro planeta, y durante siglos los barcos llevaron "
        "noticias y mercancías de una costa a otra. Hoy la mayoría de los mensajes viajan por "
        "cables tendidos en el fondo.",
    ),
    "f": Language(
        "fr-fr",
        "French",
        "La mer couvre la plus grande partie de notre planète, et pendant des siècles les navires "
        "ont porté les nouvelles et les marchandises d'une côte à l'autre. Aujourd'hui, la plupart "
        "des messages passent par des câbles posés au fond.",
    ),
    "h": Language(
        "hi",
        "Hindi",
        "समुद्र हमारे ग्रह के अधिकांश भाग को ढकता है, और सदियों तक जहाज़ एक तट से दूसरे तट तक समाचार और सामान "
        "ले जाते रहे। आज अधिकांश संदेश समुद्र की तलहटी में बिछे तारों से जाते हैं।",
        ("DEVANAGARI",),
    ),
    "i": Language(
        "it",
        "Italian",
        "Il mare copre la maggior parte del nostro pianeta, e per secoli le navi hanno portato "
        "notizie e merci da una costa all'altra. Oggi la maggior parte dei messaggi viaggia lungo "
        "cavi posati sul fondo.",
    ),
    "j": Language(
        "ja",
        "Japanese",
        "海は地球の大部分をおおっています。何世紀ものあいだ、船は岸から岸へ知らせと荷物を運びました。",
        ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK"),
        "ja",
    ),
    "p": Language(
        "pt-br",
        "Brazilian Portuguese",
        "O mar cobre a maior parte do nosso planeta, e durante séculos os navios levaram notícias "
        "e mercadorias de uma costa a outra. Hoje a maioria das mensagens viaja por cabos no fundo "
        "do oceano.",
    ),
    "z": Language(
        "zh",
        "Mandarin Chinese",
        "海洋覆盖着我们星球的大部分。几个世纪以来，船只把消息和货物从一个海岸带到另一个海岸。",
        ("CJK",),
        "zh",
    ),
}


@cache
def voice_hashes() -> dict[str, str]:
    """Return every official voice with the sha256 of its style file."""
    listed = files("videogen.voiceover.engines").joinpath("styles", "sha256.json").read_bytes()
    return {str(voice): str(digest) for voice, digest in json.loads(listed).items()}


def language_of(voice: str) -> Language:
    """Return the language of a voice.

    Raises:
        VoiceError: there is no such voice.
    """
    if voice not in voice_hashes():
        raise VoiceError(
            f"There is no voice called {voice!r}",
            cure=f"Take one of: {', '.join(voice_hashes())}.",
        )
    return _LANGUAGES[voice[0]]
