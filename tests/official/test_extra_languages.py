"""Japanese and Chinese: `make test-kokoro` installs the extras that speak them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance.languages import spoken
from kokoro_onnx.config import DEFAULT_VOCAB

from videogen.language.speech.text import sanitize
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.engines.phonemes import check_script, pronouncer

# Of jieba and cn2an, from inside: nothing that this package does.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize("voice", ["jf_alpha", "zf_xiaoyi"])
def test_a_script_without_spaces_is_pronounced_clause_by_clause(voice: str) -> None:
    language = language_of(voice)
    text = sanitize(language.sample, language.code)

    check_script(text, language)
    said = pronouncer(language, {})(text)

    assert len(said) == len(text.split()) > 2
    letters = [letter for clause in said for letter in clause.phonemes]
    assert sum(letter in DEFAULT_VOCAB for letter in letters) > 0.9 * len(letters)
    assert said[-1].phonemes.endswith(".")


@pytest.mark.parametrize(
    ("voice", "figures", "words"),
    [
        ("jf_alpha", "船は3,000トンで、13.5億円です。", "船は三千トンで、十三点五億円です。"),
        ("zf_xiaoyi", "船重3,000吨，卖了13.5亿元。", "船重三千吨，卖了十三点五亿元。"),
    ],
)
def test_speech_is_made_and_figures_last_as_long_as_their_words(
    voice: str, figures: str, words: str, voice_cache: Path, tmp_path: Path
) -> None:
    made = spoken(voice, figures, voice_cache, tmp_path)

    assert "".join(word.text for word in made.words) == figures
    assert len(made.words) == 2
    in_words = spoken(voice, words, voice_cache, tmp_path)
    assert made.seconds == pytest.approx(in_words.seconds, rel=0.1)
