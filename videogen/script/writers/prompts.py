"""What language models are asked: words, not seconds, since they can roughly count those."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.domain import Brief, Script
from videogen.script.writers.answers import SCHEMA
from videogen.script.writers.base import Fault

_SYSTEM = """You write the narration of short documentary films: spoken language, concrete facts,
people, places and numbers, active verbs, sentences of 8 to 20 words. No greeting, no stage
directions, no markup, no headings inside the text, nothing said twice. Each scene continues the
one before and can be shown by filmed footage. Write only what you are sure of.
Answer with one JSON object that follows this JSON schema, and with nothing else:
"""
_SCENE = """For each scene give its scene_number, a title of 2 to 5 words, the text to be spoken,
3 to 5 visual_keywords (things a camera can film) and 2 or 3 search_queries of 1 to 4 words for a
footage library. Keywords and queries are in English whatever the language of the text."""


@dataclass(frozen=True, slots=True)
class Message:
    """A turn of a conversation; the role is `system` or `user`."""

    role: str
    content: str


def request(brief: Brief) -> list[Message]:
    """Return the messages that ask for a whole script."""
    words, scenes = brief.words_per_scene, brief.scene_count
    wanted = f"""Topic: {brief.topic}
Language of the narration: {brief.language}
Scenes: {scenes}, numbered from 1
Words a scene: {words}
Words in all: {words * scenes}

Write exactly {scenes} scenes. The text of every scene must have {words} words, give or take three;
count them, and where a script has no spaces count each letter. {_SCENE}"""
    return [_system(), Message("user", wanted)]


def repair(brief: Brief, script: Script, faults: Sequence[Fault]) -> list[Message]:
    """Return the messages that ask for the faulty scenes of a script anew."""
    written = {
        "title": script.title,
        "scenes": [{"scene_number": one.number, "text": one.text} for one in script.scenes],
    }
    faulty = "\n".join(f"- Scene {one.scene} {one.complaint}" for one in faults)
    wanted = f"""This is a script about: {brief.topic}
Language of the narration: {brief.language}

{json.dumps(written, ensure_ascii=False)}

These of its scenes need work:
{faulty}

Answer with these scenes only, each complete and under its own number. Keep what is good in them;
a longer text adds facts, not filler. {_SCENE}"""
    return [_system(), Message("user", wanted)]


def _system() -> Message:
    return Message("system", _SYSTEM + json.dumps(SCHEMA))
