"""Scripts that a person wrote: Markdown, plain text, or scenes as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from videogen.domain.script import Brief, Scene, Script
from videogen.errors import UsageError
from videogen.script.text_files import MARKDOWN_SUFFIXES, read_text
from videogen.script.writers.answers import ScriptAnswer, scenes_of
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.markdown import read_markdown
from videogen.script.writers.provider import Assignment, WriterProvider

LARGEST_FILE = 5_000_000  # bytes; some forty hours of speech
_CURE = "Give a UTF-8 text file: Markdown, plain text, or JSON scenes."


class FileWriter:
    """Reads a script as it is: a paragraph a scene, headings as the titles of scenes."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, brief: Brief) -> Script:
        """Return the file's scenes; only a missing title is taken from the brief.

        Raises:
            UsageError: the file can't be read, is no text, or holds no narration.
        """
        text = read_text(self.path, "script", LARGEST_FILE, _CURE)
        if self.path.suffix.lower() == ".json":
            script = _from_json(text, self.path)
        elif self.path.suffix.lower() in MARKDOWN_SUFFIXES:
            script = read_markdown(text)
        else:
            script = Script("", _from_paragraphs(text), self.name)
        if not script.scenes:
            raise UsageError("The script file holds no narration", where=str(self.path), cure=_CURE)
        scenes = tuple(replace(scene, number=n) for n, scene in enumerate(script.scenes, start=1))
        return replace(script, title=script.title or brief.topic, scenes=scenes, writer=self.name)


def _from_json(text: str, path: Path) -> Script:
    try:
        found = json.loads(text)
        answer = ScriptAnswer.model_validate(
            {"scenes": found} if isinstance(found, list) else found
        )
    except (ValueError, RecursionError) as exc:
        raise UsageError(
            "The script file holds no JSON scenes",
            where=str(path),
            cure='Write {"title": "...", "scenes": [{"text": "..."}]}.',
        ) from exc
    scenes = scenes_of(answer, range(1, len(answer.scenes) + 1))
    return Script(
        answer.title,
        tuple(scene for scene in scenes if scene.text),
        FileWriter.name,
        thumbnail_text=answer.thumbnail_text,
        description=answer.description,
    )


def _from_paragraphs(text: str) -> tuple[Scene, ...]:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return tuple(Scene(0, paragraph) for paragraph in paragraphs if paragraph)


def _open(task: Assignment) -> ScriptWriter:
    if task.script is None:
        raise UsageError("The file writer has no file", cure="Name one by --script FILE.")
    return FileWriter(task.script)


PROVIDER = WriterProvider(
    open=_open,
    set_up=lambda task: f"{task.script} was given" if task.script else "",
    needs="`--script FILE`",
    gives="your text as it is; `--fit` fits it to the duration by speed and pauses",
)
