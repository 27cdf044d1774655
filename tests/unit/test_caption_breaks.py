"""Captions of a thousand sentences full of abbreviations, amounts and names."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from videogen.assembly.captions.cues import captions
from videogen.assembly.captions.setting import setting_of
from videogen.assembly.timeline import Caption
from videogen.domain.speech import Word
from videogen.domain.video import Format
from videogen.language.joints import Joint, joints

RATE = Fraction(30)
WIDE = Format(RATE, 1920, 1080)
SQUARE = Format(RATE, 1080, 1080)
VERTICAL = Format(RATE, 1080, 1920)
SENTENCES = 1000

# What must stand together, the last words of sentences too, is joined by "_"; "{...}" is filled from the lists.
NAMES = (
    "Dr._Jane_Goodall|Gen._Dwight_Eisenhower|J._R._R._Tolkien|Marie_Curie|Ludwig_van_Beethoven|"
    "Queen_Elizabeth_II|Mr._Darcy|Prof._Ada_Lovelace|Vasco_da_Gama|Capt._James_Cook"
).split("|")
PLACES = (
    "New_York|the Bay_of_Fundy|St._Louis|Mt._Everest|the Tacoma_Narrows_Bridge|San_Francisco|"
    "the University_of_Washington|the Gulf_of_the_Farallones|Rio_de_Janeiro"
).split("|")
DATES = "Nov._1973|July_4,_1776|19th_century|3_May_1804|Feb._29|Sept._11,_2001|1912".split("|")
AMOUNTS = (
    "15_km|$30_million|68_km/h|450_m|12_years|2.5_°C|3,000_ships|40_%|7_billion_people|No._5|"
    "100_kg|£12_billion|24_hours|fig._3"
).split("|")
SHAPES = (
    "In {date} {name} went to {place} with {amount} of luggage and an old_map.",
    "{name} found {amount} near {place}, e.g. behind the harbor, and kept_it.",
    "The U.S._Navy built {amount} at {place}; {name} paid for the rest in {date}.",
    "Nobody in {place} believed that {name} would need {amount}.",
    "At 4 p.m. the wind over {place} reached {amount}, vs. {amount} in {date}.",
    "It was {name} who crossed {place} in {amount}. Why?",
    "After {date}, {amount} were left, etc. and {name} said: “That is enough for {place}.”",
)


def bound_sentences() -> Iterator[str]:
    chance = random.Random(7)
    lists = {"name": NAMES, "place": PLACES, "date": DATES, "amount": AMOUNTS}
    for _ in range(SENTENCES):
        yield re.sub(
            r"\{(\w+)\}", lambda match: chance.choice(lists[match[1]]), chance.choice(SHAPES)
        )


def spoken(text: str) -> list[Word]:
    words, at = [], 0.05
    for word in text.split():
        end = at + 0.08 + 0.055 * len(word)
        words.append(Word(word, at, end))
        at = end + 0.02
    return words


@cache
def shown(output: Format) -> list[tuple[str, tuple[Caption, ...]]]:
    """Every sentence, joined where it must not be parted, beside its captions."""
    made = []
    for bound in bound_sentences():
        words = spoken(bound.replace("_", " "))
        frames = round(words[-1].end * RATE) + 18
        made.append((bound, captions(words, "en-us", output, frames)))
    return made


def breaks(bound: str, texts: list[str]) -> Iterator[str]:
    """The mark that a sentence has where each text but the last ends, and the words there."""
    at = 0
    for before, after in pairwise(texts):
        at += len(before)
        yield bound[at]
        at += 1
        assert bound.replace("_", " ")[at:].startswith(after)


def test_a_mark_that_opens_a_sentence_ends_none() -> None:
    assert joints("Il partit. « Nous restons », dit-elle.".split(), "fr-fr")[1:3] == (
        Joint.SENTENCE,
        Joint.BOUND,
    )


@pytest.mark.parametrize("output", [WIDE, SQUARE, VERTICAL], ids=["wide", "square", "vertical"])
def test_no_caption_ends_inside_a_name_a_date_or_an_amount(output: Format) -> None:
    for bound, cues in shown(output):
        assert "_" not in breaks(bound, [" ".join(cue.lines) for cue in cues]), bound


@pytest.mark.parametrize("output", [WIDE, SQUARE], ids=["wide", "square"])
def test_no_line_ends_inside_a_name_a_date_or_an_amount(output: Format) -> None:
    for bound, cues in shown(output):
        assert "_" not in breaks(bound, [line for cue in cues for line in cue.lines]), bound


def test_an_upright_line_ends_inside_one_only_where_it_is_too_wide() -> None:
    setting = setting_of(VERTICAL)
    column = VERTICAL.width * setting.column
    for bound, cues in shown(VERTICAL):
        lines = [line for cue in cues for line in cue.lines]
        marks = list(breaks(bound, lines))
        for number, mark in enumerate(marks):
            if mark == "_":
                whole = f"{lines[number]} {lines[number + 1]}"
                assert setting.face(VERTICAL, whole).length(whole) > column, whole


@pytest.mark.parametrize("output", [WIDE, SQUARE, VERTICAL], ids=["wide", "square", "vertical"])
def test_captions_hold_what_their_shape_allows_and_are_read_in_time(output: Format) -> None:
    setting = setting_of(output)
    for bound, cues in shown(output):
        ends = {word.text: word.end for word in spoken(bound.replace("_", " "))}
        for cue in cues:
            assert len(cue.lines) <= 2
            assert len(" ".join(cue.lines).split()) <= setting.words
            assert all(len(line) <= setting.letters for line in cue.lines)
            face = setting.face(output, " ".join(cue.lines))
            assert all(face.length(line) <= output.width * setting.column for line in cue.lines)
            seconds = (cue.end - cue.start) / RATE
            # No faster than they are spoken, 17 letters a second or so.
            assert sum(map(len, cue.lines)) / seconds <= 22
            assert seconds <= 7
        assert max(ends.values()) <= cues[-1].end / RATE


def test_sentences_end_where_a_reader_would_say_so() -> None:
    text = "At 4 p.m. The U.S. Navy came, i.e. St. Louis etc. And Dr. No left in 1912. He did."
    words = text.split()

    found = joints(words, "en-us")

    ends = [word for word, joint in zip(words, found, strict=False) if joint is Joint.SENTENCE]
    assert ends == ["p.m.", "etc.", "1912."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El Sr._García pagó 15_millones por la Casa_de_las_Américas en EE._UU."),
        ("fr-fr", "Selon M._Dupont, 15_% des gens aiment Jean_de_la_Fontaine !"),
        ("it", "Nel 1503 il sig. Rossi vide Leonardo_da_Vinci con 20_km di_strada."),
        ("hi", "समुद्र ग्रह_के अधिकांश भाग_को ढकता_है।"),
        ("hi", "भारत में हर साल 13.5_लाख_टन चाय पैदा होती_है।"),
    ],
)
def test_other_languages_keep_together_what_belongs_together(language: str, text: str) -> None:
    words = text.replace("_", " ").split()
    marks = [mark for mark in text if mark in " _"]

    found = joints(words, language)

    bound = [joint is Joint.BOUND for joint in found]
    wanted = [mark == "_" for mark in marks]
    assert all(is_bound for is_bound, want in zip(bound, wanted, strict=True) if want)
