"""Words that are easily said wrong, as an American and a British voice say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from kokoro_onnx.config import DEFAULT_VOCAB

from videogen.domain.speech import Pronounced
from videogen.language.speech.text import sanitize
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.engines.phonemes import pronouncer
from videogen.voiceover.engines.pronunciations import english_pronunciations

Pronounce = Callable[[str], Sequence[Pronounced]]

WORDS = [
    # substances and units
    ("CO2", "sˈi ˈO tˈu", "sˈiː ˈQ tˈuː"),
    ("CO₂", "sˈi ˈO tˈu", "sˈiː ˈQ tˈuː"),
    ("CO", "sˌiˈO", "sˌiːˈQ"),
    ("H2O", "ˈAʧ tˈu ˈO", "ˈAʧ tˈuː ˈQ"),
    ("CH4", "sˈi ˈAʧ fˈɔɹ", "sˈiː ˈAʧ fˈɔː"),
    ("NO2", "ˈɛn ˈO tˈu", "ˈɛn ˈQ tˈuː"),
    ("NaCl", "ˌɛnˌAsˌiˈɛl", "ˌɛnˌAsˌiːˈɛl"),
    ("pH", "pˌiˈAʧ", "pˌiːˈAʧ"),
    ("42 mi", "fˈɔɹTitˌu mˈIlz", "fˈɔːtitˌuː mˈIlz"),
    ("60 mph", "sˈɪksti mˈIlz pɜɹ ˈWəɹ", "sˈɪksti mˈIlz pɜː ˈWə"),
    ("5 kWh", "fˈIv kˈɪləwˌɑtˌWəɹz", "fˈIv kˈɪləwɒtˌWəz"),
    ("20 °C", "twˈɛnti dəɡɹˈiz sˈɛlsiəs", "twˈɛnti dɪɡɹˈiːz sˈɛlsɪəs"),
    ("5 µm", "fˈIv mˈIkɹOmˌiTəɹz", "fˈIv mˈIkɹQmˌiːtəz"),
    # initials
    ("NASA", "nˈæsə", "nˈasə"),
    ("NATO", "nˈATO", "nˈAtQ"),
    ("UNESCO", "junˈɛskO", "juːnˈɛskQ"),
    ("NOAA", "nˈOə", "nˈQə"),
    ("JAXA", "ʤˈæksə", "ʤˈaksə"),
    ("LED", "ˌɛlˌidˈi", "ˌɛlˌiːdˈiː"),
    ("SQL", "sˈikwəl", "sˈiːkwᵊl"),
    ("USA", "jˌuˌɛsˈA", "jˌuːˌɛsˈA"),
    ("PhDs", "pˌiˌAʧdˈiz", "pˌiːˌAʧdˈiːz"),
    ("a² + b²", "ˈA skwˈɛɹd plˈʌs bˈi skwˈɛɹd", "ˈA skwˈɛːd plˈʌs bˈiː skwˈɛːd"),
    # people
    ("Johannes Kepler", "jOhˈɑnəs kˈɛpləɹ", "jQhˈanɪs kˈɛplə"),
    ("Zheng He", "ʤˈʌŋ hˈʌ", "ʤˈʌŋ hˈʌ"),
    ("Rousseau", "ɹusˈO", "ɹˈuːsQ"),
    ("Xi Jinping", "ʃˈi ʤˈɪnpɪŋ", "ʃˈiː ʤˈɪnpɪŋ"),
    ("Nguyen", "wˈɪn", "wˈɪn"),
    ("Goethe", "ɡˈɜɹtə", "ɡˈɜːtə"),
    ("Nietzsche", "nˈiʧə", "nˈiːʧə"),
    ("Dvořák", "dəvˈɔɹʒæk", "dəvˈɔːʒak"),
    ("Chopin", "ʃˈOpæn", "ʃˈɒpan"),
    ("Bach", "bˈɑk", "bˈɑːk"),
    ("Richard Wagner", "ɹˈɪʧəɹd vˈɑɡnəɹ", "ɹˈɪʧəd vˈɑːɡnə"),
    ("Robert Wagner", "ɹˈɑbəɹt wˈæɡnəɹ", "ɹˈɒbət wˈaɡnə"),
    ("Putin", "pˈutᵻn", "pˈuːtɪn"),
    ("Schrödinger", "ʃɹˈOdɪŋəɹ", "ʃɹˈɜːdɪŋə"),
    ("Huygens", "hˈIɡənz", "hˈIɡənz"),
    ("Copernicus", "kəpˈɜɹnɪkəs", "kəpˈɜːnɪkəs"),
    ("Hermione", "hɜɹmˈIəni", "hɜːmˈIəni"),
    ("Siobhan", "ʃɪvˈɔn", "ʃɪvˈɔːn"),
    ("Niamh", "nˈiv", "nˈiːv"),
    ("Djokovic", "ʤˈOkəvɪʧ", "ʤˈQkəvɪʧ"),
    ("Pierre", "piˈɛɹ", "piˈɛː"),
    # places
    ("Kyiv", "kˈiɪv", "kˈiːɪv"),
    ("Worcester", "wˈʊstəɹ", "wˈʊstə"),
    ("Reykjavík", "ɹˈAkjəvˌɪk", "ɹˈAkjəvˌɪk"),
    ("Versailles", "vˌɜɹsˈI", "vɛːsˈI"),
    ("Des Moines", "də mˈYn", "də mˈYn"),
    ("Ho Chi Minh City", "hˈO ʧˌi mˈɪn sˈɪTi", "hˈQ ʧˌiː mˈɪn sˈɪti"),
    ("Notre-Dame", "nˌOtɹədˈɑm", "nˌɒtɹədˈɑːm"),
    ("Champs-Élysées", "ʃˌɑnzAlizˈA", "ʃˌɒnzəlˈiːzA"),
    ("Łódź", "wˈuʤ", "wˈʊʤ"),
    # things
    ("Porsche", "pˈɔɹʃə", "pˈɔːʃə"),
    ("Pfizer", "fˈIzəɹ", "fˈIzə"),
    ("coup d'état", "kˈu dAtˈɑ", "kˈuː dAtˈɑː"),
    ("Homo sapiens", "hˌOmO sˈApiənz", "hˌQmQ sˈapɪɛnz"),
    # what belongs to them, and several of them
    ("Xi's", "ʃˈiz", "ʃˈiːz"),
    ("Xi’s", "ʃˈiz", "ʃˈiːz"),
    ("La Jolla's", "lə hˈYəz", "lə hˈYəz"),
    ("LEDs", "ˌɛlˌidˈiz", "ˌɛlˌiːdˈiːz"),
]


@pytest.fixture(scope="module")
def american() -> Pronounce:
    return pronouncer(language_of("af_sky"), {})


@pytest.fixture(scope="module")
def british() -> Pronounce:
    return pronouncer(language_of("bf_emma"), {})


def said(pronounce: Pronounce, text: str, code: str) -> str:
    return " ".join(word.phonemes for word in pronounce(sanitize(text, code)))


@pytest.mark.parametrize(("written", "in_america", "in_britain"), WORDS)
def test_a_hard_word_is_said_as_people_say_it(
    written: str, in_america: str, in_britain: str, american: Pronounce, british: Pronounce
) -> None:
    assert said(american, f"We said {written} today.", "en-us").split(" ", 2)[2] == (
        f"{in_america} tədˈA."
    )
    assert said(british, f"We said {written} today.", "en-gb").split(" ", 2)[2] == (
        f"{in_britain} tədˈA."
    )


def test_every_word_of_the_list_is_said_as_it_is_listed(
    american: Pronounce, british: Pronounce
) -> None:
    for pronounce, is_british in ((american, False), (british, True)):
        listed = english_pronunciations(british=is_british)
        assert len(listed) > 200
        for word, phonemes in listed.items():
            assert set(phonemes) <= set(DEFAULT_VOCAB), word
            assert phonemes in " ".join(one.phonemes for one in pronounce(f"Today {word} spoke."))


def test_a_users_word_goes_before_the_list() -> None:
    own = pronouncer(language_of("af_sky"), {"Xi": "zˈI", "Moines": "mwˈɑn"})

    assert [word.phonemes for word in own("Xi left Des Moines.")] == [
        "zˈI",
        "lˈɛft",
        "də",
        "mwˈɑn.",
    ]
