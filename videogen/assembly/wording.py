"""What a film itself says, and what files call it, in each language that the voices speak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of credits: what pictures and texts are headed by, and one or several scenes.

    `iso_639_2` are the three letters that files call the language by.
    """

    iso_639_2: str
    pictures: str
    text: str
    scene: str
    scenes: str


# By espeak-ng's names of the languages, without the country.
_WORDINGS = {
    "en": Wording("eng", "Footage", "Text", "scene", "scenes"),
    "es": Wording("spa", "Imágenes", "Texto", "escena", "escenas"),
    "fr": Wording("fra", "Images", "Texte", "scène", "scènes"),
    "hi": Wording("hin", "चित्र", "पाठ", "दृश्य", "दृश्य"),
    "it": Wording("ita", "Immagini", "Testo", "scena", "scene"),
    "ja": Wording("jpn", "映像", "文章", "シーン", "シーン"),
    "pt": Wording("por", "Imagens", "Texto", "cena", "cenas"),
    "zh": Wording("zho", "画面", "文字", "场景", "场景"),
}


def wording_of(language: str) -> Wording:
    """Return the words of a film in the language of a code such as `pt-br`."""
    return _WORDINGS[language.partition("-")[0]]
