"""What a film itself says, in each language that the voices speak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of credits: what pictures and texts are headed by, and one or several scenes."""

    pictures: str
    text: str
    scene: str
    scenes: str


# By espeak-ng's names of the languages, without the country.
_WORDINGS = {
    "en": Wording("Footage", "Text", "scene", "scenes"),
    "es": Wording("Imágenes", "Texto", "escena", "escenas"),
    "fr": Wording("Images", "Texte", "scène", "scènes"),
    "hi": Wording("चित्र", "पाठ", "दृश्य", "दृश्य"),
    "it": Wording("Immagini", "Testo", "scena", "scene"),
    "ja": Wording("映像", "文章", "シーン", "シーン"),
    "pt": Wording("Imagens", "Texto", "cena", "cenas"),
    "zh": Wording("画面", "文字", "场景", "场景"),
}


def wording_of(language: str) -> Wording:
    """Return the words of a film in the language of a code such as `pt-br`."""
    return _WORDINGS[language.partition("-")[0]]
