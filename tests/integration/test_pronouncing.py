from __future__ import annotations

import sys
from pathlib import Path

import pytest
from kokoro_onnx.config import DEFAULT_VOCAB

from videogen.errors import UsageError, VoiceError
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.engines.phonemes import check_script, pronouncer
from videogen.voiceover.engines.pronunciations import read_pronunciations


def phonemes(voice: str, text: str, own: dict[str, str] | None = None) -> list[str]:
    return [word.phonemes for word in pronouncer(language_of(voice), own or {})(text)]


def test_english_reads_words_by_their_place_in_the_sentence() -> None:
    said = phonemes("af_sky", "You will read the book. I read it yesterday.")

    assert (said[2], said[6]) == ("ɹˈid", "ɹˈɛd")


def test_a_capital_a_inside_a_sentence_is_a_letter() -> None:
    said = phonemes("af_sky", "A ship took plan A to A M bases.")

    assert said[0] == "ɐ"
    assert said[4] == "ˈA"
    assert said[6] == "ˈA"


def test_british_voices_speak_british() -> None:
    assert phonemes("af_sky", "water") != phonemes("bf_emma", "water")


def test_a_pronunciation_of_the_users_own_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text("# names\nKyiv = kˈiv\n\nmar=mˈAɹ # a comment\n", encoding="utf-8-sig")
    own = read_pronunciations(file)

    assert phonemes("af_sky", "In Kyiv, at Kyiv's port.", own)[1:4:2] == ["kˈiv,", "kˈivz"]
    assert phonemes("ef_dora", "El mar, el mar.", own)[1::2] == ["mˈAɹ,", "mˈAɹ."]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Kyiv kiv", "Line 2 is not one word"),
        ("two words = kiv", "Line 2 is not one word"),
        ("Kyiv =", "Line 2 is not one word"),
        ("Kyiv = КИЇВ", "Line 2 has phonemes that the voice does not know"),
    ],
)
def test_a_line_that_is_no_pronunciation_is_named(tmp_path: Path, line: str, what: str) -> None:
    file = tmp_path / "own.txt"
    file.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(UsageError, match=what):
        read_pronunciations(file)


def test_a_pronunciation_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.bin"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageError, match="can't be read"):
        read_pronunciations(file)


@pytest.mark.parametrize("voice", ["ef_dora", "ff_siwis", "hf_alpha", "if_sara", "pf_dora"])
def test_other_languages_come_without_an_extra(voice: str) -> None:
    language = language_of(voice)

    check_script(language.sample, language)
    said = pronouncer(language, {})(language.sample)

    assert [word.text for word in said] == language.sample.split()
    letters = [letter for word in said for letter in word.phonemes]
    assert sum(letter in DEFAULT_VOCAB for letter in letters) > 0.9 * len(letters)


@pytest.mark.parametrize(
    ("voice", "package", "extra"), [("jf_alpha", "pyopenjtalk", "ja"), ("zf_xiaoyi", "jieba", "zh")]
)
def test_a_language_whose_extra_is_missing_names_it(
    voice: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(VoiceError, match=package) as raised:
        pronouncer(language_of(voice), {})

    assert f"videogen[{extra}]" in str(raised.value)


def test_a_script_that_the_voice_cannot_read_is_refused() -> None:
    with pytest.raises(VoiceError, match="Cjk"):
        check_script("海洋覆盖着我们星球的大部分。", language_of("af_sky"))
    check_script("The Ελλάς sailed.", language_of("af_sky"))
