"""Japanese and Chinese: `make test-kokoro` installs the extras that speak them."""

from __future__ import annotations

import pytest
from kokoro_onnx.config import DEFAULT_VOCAB

from videogen.providers.voices.catalogue import language_of
from videogen.providers.voices.phonemes import check_script, pronouncer
from videogen.stages.speech.text import sanitize

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
