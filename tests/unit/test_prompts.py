from __future__ import annotations

import pytest

from videogen.domain.script import Brief
from videogen.script.writers.prompts import request
from videogen.voiceover.engines.catalogue import language_of

VOICES = (
    "af_sky bf_emma ef_dora ff_siwis hf_alpha if_sara jf_alpha pf_dora zf_xiaoyi"  # a language each
)


@pytest.mark.parametrize("voice", VOICES.split())
def test_a_model_is_told_a_voices_language_by_its_name(voice: str) -> None:
    language = language_of(voice)

    asked = request(Brief("Tides", 36, 2.9, language.code), [1, 2, 3], (), ())

    assert f"Language of the narration: {language.name}\n" in asked[-1].content
