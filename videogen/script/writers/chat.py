"""What every language model has in common: it is asked, its answer is read, it mends its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from videogen.domain import Brief, Script
from videogen.script.writers import prompts
from videogen.script.writers.answers import ScriptAnswer, merged, read_answer, scenes_of
from videogen.script.writers.base import Fault


class ChatWriter(ABC):
    """Writes by one request and revises by one more; a service says how it is asked."""

    name: str

    @abstractmethod
    def complete(self, messages: Sequence[prompts.Message], scene_count: int) -> str:
        """Return the model's answer to messages that want about so many scenes."""

    def write(self, brief: Brief) -> Script:
        """Return the model's script; its length is as good as models are at counting words."""
        answer = self._ask(prompts.request(brief), brief)
        scenes = scenes_of(answer, brief.scene_count)
        return Script(answer.title.strip() or brief.topic, scenes, self.name)

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:
        """Return the script with the scenes that the model wrote anew."""
        answer = self._ask(prompts.repair(brief, script, faults), brief)
        named = [fault.scene for fault in faults]
        return replace(script, scenes=merged(script.scenes, answer, named, brief.scene_count))

    def _ask(self, messages: Sequence[prompts.Message], brief: Brief) -> ScriptAnswer:
        return read_answer(self.complete(messages, brief.scene_count))
