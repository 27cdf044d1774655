"""What language models are asked: words, not seconds, since they can roughly count those."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from videogen.domain.script import Brief, Scene, Script
from videogen.language.sentences import sentences
from videogen.script.writers.base import Fault
from videogen.script.writers.schema import SCHEMA
from videogen.script.writers.service import Message, ResponseFormat

# A scene may have so much less or more than the even share of the film's words.
FEWEST, MOST = 0.65, 1.35
_NAMES = {
    "en-us": "American English",
    "en-gb": "British English",
    "es": "Spanish",
    "fr-fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "pt-br": "Brazilian Portuguese",
    "zh": "Mandarin Chinese",
}

_CRAFT = """You write the narration of short films: one voice over pictures, heard once, by people
who stop listening when they are bored.

A film, not a list. Open in the middle of it, with a fact, a number or a moment that makes them want
to know, with a question only where no other film could ask it, and never with a definition. Then
cause, turn, consequence: each scene follows from the one before and leaves something open for the
next. The last scene answers the film's question, and its last sentence is one to remember: a fact, a
picture or somebody's words, not a saying such as "It isn't this, it's that".

For the ear. One idea a sentence, of 4 to 20 words, short ones among longer ones. Contractions where
people speak them. A term is explained when it first comes. People, places, dates and amounts instead
of adjectives: at least every second scene names one. Scenes begin differently, seldom with "So",
"Then" or "Now". No parentheses, no lists, no headings or markup, no stage directions, no greeting, no
"in this video", nothing said twice, no summary of what was just said.

True. Only what you are sure of; a figure that you would have to guess is left out, and so are "all",
"never", "nobody" and the like where they are not exact.

Good: "At ten in the morning, the bridge began to twist. It was four months old. Within the hour,
its roadway lay in the water."
Bad: "The Tacoma Narrows Bridge (opened 1940) was a very famous suspension bridge in Washington, which
played an important role in the history of engineering for many reasons."

Answer with one JSON object and nothing else."""
_FIELDS = """For the film: title; thumbnail_text, at most four words that make one want to see it;
description, two sentences for the page of the video; outline, empty unless it is asked for.
For each scene: scene_number; title, 2 to 5 words; text, what is said; on_screen, the one figure, date,
quotation or phrase in this text that is worth seeing written, at most six words and as it is said
there, empty where there is none; visual_keywords, 3 to 5 things that a camera can film;
search_queries for a footage library, first a concrete one of 2 to 4 words ("suspension bridge wind"),
then a broad one of 1 or 2 ("bridge"). Keywords and queries are in English whatever the language of
the narration; all else is in that language."""

_ONLY_THESE = """Answer with these scenes only, each under its own number. Nothing is said again that
another scene says; what is added are facts and their consequences, not filler. Where words are to be
added, text is the added words alone, and all fields but scene_number and text are empty."""


def request(
    brief: Brief, numbers: Sequence[int], written: Sequence[Scene], outline: Sequence[str]
) -> tuple[Message, ...]:
    """Return the messages, without the format's, that ask for scenes of consecutive `numbers`.

    `written` are the scenes before them, `outline` is what the whole film tells, a line a scene.
    """
    count, each = len(numbers), brief.words_per_scene
    lines = [
        *_subject(brief),
        f"Scenes of the film: {brief.scene_count}",
        *(_part(brief, written, outline) if count < brief.scene_count else ()),
        f"Words in all: {each * count}. A scene has {round(each * FEWEST)} to {round(each * MOST)}.",
        "What counts is the sum, so keep count; where a script has no spaces, count letters.",
        "",
        f"Write exactly {count} scenes, numbered {numbers[0]} to {numbers[-1]}.",
        _FIELDS,
        *_references(brief),
    ]
    return (Message("system", _CRAFT), Message("user", "\n".join(lines)))


def repair(brief: Brief, script: Script, faults: Sequence[Fault]) -> tuple[Message, ...]:
    """Return the messages, without the format's, that ask for what mends the faults."""
    named = {fault.scene for fault in faults}
    near = named | {number - 1 for number in named} | {number + 1 for number in named}
    shown = [
        {"scene_number": one.number, "text": one.text}
        for one in script.scenes
        if one.number in near
    ]
    titles = "; ".join(f"{one.number} {one.title}" for one in script.scenes)
    lines = [
        *_subject(brief),
        f"The film: {script.title}",
        f"Its scenes: {titles}",
        f"Those that this is about: {json.dumps(shown, ensure_ascii=False)}",
        "",
        "What is to be done:",
        *(_task(fault, script, brief.language) for fault in faults),
        "",
        _ONLY_THESE,
        _FIELDS,
        *_references(brief),
    ]
    return (Message("system", _CRAFT), Message("user", "\n".join(lines)))


def formatted(messages: Sequence[Message], response_format: ResponseFormat) -> tuple[Message, ...]:
    """Return the messages with the schema in words where the service does not hold to it itself."""
    if response_format == "schema":
        return tuple(messages)
    system, *others = messages
    told = f"{system.content}\nIt follows this JSON schema:\n{json.dumps(SCHEMA)}"
    return (Message("system", told), *others)


def _subject(brief: Brief) -> Iterator[str]:
    yield f"Topic: {brief.topic}"
    yield f"Language of the narration: {_NAMES.get(brief.language, brief.language)}"
    if brief.tone:
        yield f"Tone: {brief.tone}"
    if brief.audience:
        yield f"For: {brief.audience}"


def _part(brief: Brief, written: Sequence[Scene], outline: Sequence[str]) -> Iterator[str]:
    if not written:
        yield (
            f"Outline of all {brief.scene_count} scenes: put it into outline, a line of at most eight "
            "words a scene. The film is then written part by part."
        )
        return
    told = "\n".join(f"{number}. {line}" for number, line in enumerate(outline, start=1))
    yield f"Outline of the film:\n{told}" if outline else "The film goes on."
    yield f"The scene before, number {written[-1].number}, says: {written[-1].text}"


def _task(fault: Fault, script: Script, language: str) -> str:
    said = next((one.text for one in script.scenes if one.number == fault.scene), "")
    match fault.kind:
        case "missing":
            return f"- Scene {fault.scene}: write it in {fault.words} words, it is missing."
        case "foreign":
            return (
                f"- Scene {fault.scene}: write it anew in {fault.words} words, in the film's "
                "language: it is in another one."
            )
        case "short" if fault.sentence:
            return f"- Scene {fault.scene}: add {fault.words} words before “{fault.sentence}”"
        case "short":
            last = (sentences(said, language) or [""])[-1]
            return f"- Scene {fault.scene}: add {fault.words} words after “{last}”"
        case "long":
            told = (
                f"“{fault.sentence}” may go; its first and its last sentence stay"
                if fault.sentence
                else "say the same, and end on what it ends on"
            )
            return f"- Scene {fault.scene}: shorten it to {fault.words} words; {told}."


def _references(brief: Brief) -> Iterator[str]:
    if not brief.references:
        return
    yield "\nAll facts come from what follows, and none from anywhere else:"
    for reference in brief.references:
        yield f"\n--- {reference.credit.title}\n{reference.text}"
