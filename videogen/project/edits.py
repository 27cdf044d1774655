"""What a person changed of a project in the app since it was made there: its name, voice and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from videogen import serialization
from videogen.db.facts import project_name
from videogen.db.projects import InApp
from videogen.domain.script import Scene, Script
from videogen.language.keywords import illustrate
from videogen.workspace import Workspace

_FILE = "edits.json"

Texts = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """What is otherwise than the run made it; empty is as it was. `texts` are all scenes by number."""

    name: str = ""
    voice: str = ""
    texts: Texts = ()


def edits_of(found: InApp | None, topic: str, voice: str, script: Script) -> Edits:
    """Return what a person changed; `voice` is the chosen one where it is not the run's own."""
    if found is None:
        return Edits(voice=voice)
    renamed = found.name if found.name != project_name(topic) else ""
    # No scene at all is a script that was never recorded.
    is_rewritten = found.texts and found.texts != texts_of(script)
    return Edits(renamed, voice, found.texts if is_rewritten else ())


def texts_of(script: Script) -> Texts:
    """Return a script's scenes by their numbers."""
    return tuple((scene.number, scene.text) for scene in script.scenes)


def edited(script: Script, edits: Edits, language: str) -> Script:
    """Return the script as a person wants it; a scene whose words stayed keeps what belongs to it."""
    title = edits.name or script.title
    if not edits.texts:
        return replace(script, title=title)
    known = {scene.text: scene for scene in script.scenes}
    scenes = tuple(
        replace(known[text], number=number)
        if text in known
        else illustrate(Scene(number, text), title, language)
        for number, text in edits.texts
    )
    return replace(script, title=title, scenes=scenes)


def news(workspace: Workspace, edits: Edits, script: Script) -> list[str]:
    """Return in a line each what changed since the last run of the project; told once."""
    path = workspace.work_folder / _FILE
    before = serialization.load(Edits, path) or Edits()
    if before == edits:
        return []
    serialization.save(path, edits)
    made = texts_of(script)
    return [f"Changed in the app: {line}" for line in _differences(before, edits, made)]


def _differences(before: Edits, after: Edits, made: Texts) -> Iterator[str]:
    if after.name != before.name:
        called = f"is called “{after.name}”" if after.name else "has its first name again"
        yield f"the project {called}"
    if after.voice != before.voice:
        yield f"the voice is {after.voice}" if after.voice else "the voice is the first one again"
    old, new = dict(before.texts or made), dict(after.texts or made)
    known = set(old.values())
    for number, text in new.items():
        if text not in known:
            yield f"scene {number} {'says something else' if number in old else 'is new'}"
    # A scene that bears new words was rewritten; one that bears another's gave way to it.
    gone = [number for number, text in old.items() if text not in new.values()]
    for number in gone:
        if number not in new or new[number] in known:
            yield f"scene {number} is gone"
    stayed = [text for text in old.values() if text in new.values()]
    if stayed != [text for text in new.values() if text in known]:
        yield "the scenes are in another order"
