"""Speech in the languages that need no extra, made in full by the real model."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance.languages import spoken

from videogen.domain.speech import Word


@pytest.mark.parametrize(
    ("voice", "figures", "words"),
    [
        ("ef_dora", "El buque costó 1.234,5 €.", "El buque costó mil doscientos treinta y cuatro coma cinco euros."),
        ("ff_siwis", "Soit 45,5 km au XIXe siècle.", "Soit quarante-cinq virgule cinq kilomètres au dix-neuvième siècle."),
        ("if_sara", "È costato 45,5 €.", "È costato quarantacinque virgola cinque euro."),
        ("pf_dora", "Custou R$ 45,50 em 2024.", "Custou quarenta e cinco vírgula cinquenta reais em dois mil e vinte e quatro."),
        ("hf_alpha", "जहाज़ 10 km चला।", "जहाज़ दस किलोमीटर चला।"),
    ],
)  # fmt: skip
def test_figures_last_as_long_as_their_words(
    voice: str, figures: str, words: str, voice_cache: Path, tmp_path: Path
) -> None:
    made = spoken(voice, figures, voice_cache, tmp_path)

    assert _shown(made.words) == figures
    in_words = spoken(voice, words, voice_cache, tmp_path)
    assert made.seconds == pytest.approx(in_words.seconds, rel=0.12)


def _shown(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)
