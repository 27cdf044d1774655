"""A draft narration from a bank of questions: needs no key and no network, knows no facts."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from typing import Any

from pydantic import TypeAdapter

from videogen.domain.script import Brief, Scene, Script
from videogen.errors import WriterUnavailable
from videogen.language.sentences import is_english, mid_sentence
from videogen.script.writers.base import Fault, ScriptWriter
from videogen.script.writers.provider import Assignment, WriterProvider

NOTE = (
    "The narration is a draft outline: it asks the questions that belong to any topic and states "
    "no facts about this one. Give a script or a writer's key for a real one."
)
LONGEST_NAME = 8  # words; a longer topic is spoken once and then called "this subject"
CHOSEN_FROM = 6  # sentences weighed against each other for one scene


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A scene's title, what it is shown by, and more sentences than one scene needs."""

    title: str
    sentences: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    clause: str = ""
    who: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """The text of outline.json; a lens is a second look at an aspect, with gaps to fill."""

    opening: Paragraph
    closing: Paragraph
    aspects: tuple[Paragraph, ...]
    lenses: tuple[Paragraph, ...]


class OutlineWriter:
    """Guides through the aspects of a topic, no sentence twice, to the words of the brief."""

    name = "outline"

    def check_language(self, language: str) -> None:
        """Make sure that a narration in this language can be outlined.

        Raises:
            WriterUnavailable: it is not English.
        """
        if not is_english(language):
            raise WriterUnavailable(
                f"The outline writer knows no language but English, not {language!r}",
                cure="Set GROQ_API_KEY, give a text in that language by --script, or choose an "
                "English --voice.",
            )

    def write(self, brief: Brief) -> Script:
        """Return a draft script; past about two hours the bank runs out and it stays shorter.

        Raises:
            WriterUnavailable: the brief is not in English.
        """
        self.check_language(brief.language)
        topic = " ".join(brief.topic.split())
        said: set[str] = set()
        scenes: list[Scene] = []
        owed = 0
        for paragraph in _paragraphs(_bank(), brief.scene_count, topic):
            fresh = [text for text in paragraph.sentences if text not in said]
            owed += brief.words_per_scene
            chosen = _nearest(fresh[:CHOSEN_FROM], owed)
            said.update(chosen)
            text = " ".join(chosen)
            owed -= len(text.split())
            scenes.append(_scene(len(scenes) + 1, text, paragraph, topic.rstrip(".!?:;, ")))
        return Script(topic, tuple(scenes), self.name, NOTE)

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:  # noqa: ARG002
        """Return a new outline at the rate that the first one was spoken at."""
        return self.write(brief)


def _scene(number: int, text: str, paragraph: Paragraph, name: str) -> Scene:
    queries = (f"{name} {paragraph.keywords[0]}", name, paragraph.keywords[0])
    return Scene(number, text, paragraph.title, paragraph.keywords, queries)


@functools.cache
def _bank() -> Bank:
    text = files(__package__).joinpath("outline.json").read_text(encoding="utf-8")
    return TypeAdapter(Bank).validate_json(text)


def _paragraphs(bank: Bank, count: int, topic: str) -> Iterator[Paragraph]:
    """Yield `count` paragraphs, fewer where the bank holds no more: opening, aspects, closing."""
    subject, spoken = _subject(topic)
    fill: dict[str, Any] = {"topic": subject}
    opening = _filled(bank.opening, fill)
    yield Paragraph(opening.title, (*spoken, *opening.sentences), opening.keywords)
    between = max(0, count - 2)
    for aspect in _spread(bank.aspects, between, zlib.crc32(topic.encode())):
        yield _filled(aspect, fill)
    yield from _second_looks(bank, between - len(bank.aspects))
    if count > 1:
        yield _filled(bank.closing, fill)


def _second_looks(bank: Bank, count: int) -> Iterator[Paragraph]:
    """Yield each aspect through each lens, neighbours through different ones."""
    aspects, lenses = len(bank.aspects), len(bank.lenses)
    rounds = min(len(lens.sentences) for lens in bank.lenses) // 3
    for number in range(min(count, aspects * lenses * rounds)):
        aspect = bank.aspects[number % aspects]
        lens = bank.lenses[(number + number // aspects) % lenses]
        turn = number % len(lens.sentences)
        turned = lens.sentences[turn:] + lens.sentences[:turn]
        gaps = {"clause": aspect.clause, "who": aspect.who, "proof": aspect.proof}
        title = f"{aspect.title}: {lens.title}"
        yield _filled(Paragraph(title, turned, aspect.keywords), gaps)


def _filled(paragraph: Paragraph, gaps: dict[str, Any]) -> Paragraph:
    sentences = tuple(text.format_map(gaps) for text in paragraph.sentences)
    return Paragraph(paragraph.title, sentences, paragraph.keywords)


def _subject(topic: str) -> tuple[str, tuple[str, ...]]:
    """Return how sentences call the topic, and what says it once where they cannot name it."""
    if topic.endswith("?"):
        return "this subject", (topic,)
    name = topic.rstrip(".!:;, ")
    if len(name.split()) > LONGEST_NAME:
        return "this subject", (f"{name}.",)
    return mid_sentence(name), ()


def _spread(aspects: Sequence[Paragraph], count: int, seed: int) -> list[Paragraph]:
    """Return `count` aspects in their order, spread over all; the seed shifts which."""
    if count >= len(aspects):
        return list(aspects)
    return [
        aspects[(number * len(aspects) + seed % len(aspects)) // count % len(aspects)]
        for number in range(count)
    ]


def _nearest(sentences: Sequence[str], words: int) -> tuple[str, ...]:
    """Return the first sentence with those others, in order, that come nearest to `words`."""
    first, rest = sentences[:1], sentences[1:]
    choices = (
        (*first, *more) for size in range(len(rest) + 1) for more in combinations(rest, size)
    )
    return min(choices, key=lambda chosen: abs(len(" ".join(chosen).split()) - words))


def _open(task: Assignment) -> ScriptWriter:
    writer = OutlineWriter()
    writer.check_language(task.language)
    return writer


PROVIDER = WriterProvider(
    open=_open, needs="nothing", gives="a draft that asks the questions which belong to any topic"
)
