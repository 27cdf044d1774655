"""What every language model has in common: it is asked in parts that fit, read, and mends its own."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from videogen.domain import Brief, Scene, Script
from videogen.errors import ScriptError
from videogen.script.writers import prompts
from videogen.script.writers.answers import ScriptAnswer, mended, read_answer, scenes_of
from videogen.script.writers.base import Fault
from videogen.script.writers.budget import admitted, answer_tokens
from videogen.script.writers.service import (
    Answer,
    ChatService,
    Message,
    Question,
    QuestionTooLarge,
    ShapeRefused,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ask:
    """Messages for so many scenes, whose answer may take so many tokens."""

    messages: tuple[Message, ...]
    scene_count: int
    tokens: int


class ChatWriter:
    """Writes by a service's model: the whole script at once, or in parts that its plan admits."""

    def __init__(self, service: ChatService) -> None:
        self.name = service.name
        self._service = service
        self._shapes = list(service.shapes)
        self._most_tokens = 0  # admitted at once; 0 until the service says so

    def write(self, brief: Brief) -> Script:
        """Return the model's script; its length is as good as models are at counting words."""
        answers: list[ScriptAnswer] = []
        scenes: list[Scene] = []
        left = list(range(1, brief.scene_count + 1))
        while left:
            outline = answers[0].outline if answers else ()
            part, answer = self._part(brief, left, scenes, outline)
            is_last = part[-1] == brief.scene_count
            scenes += [one for one in scenes_of(answer, part) if is_last or one.number <= part[-1]]
            answers.append(answer)
            left = left[len(part) :]
        film = answers[0]
        return Script(
            film.title.strip() or brief.topic,
            tuple(scenes),
            self.name,
            credits=tuple(one.credit for one in brief.references),
            thumbnail_text=film.thumbnail_text.strip(),
            description=film.description.strip(),
        )

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:
        """Return the script with what the model wrote for the faults."""
        left = list(faults)
        while left:
            part, answer = self._repair(brief, script, left)
            script = replace(script, scenes=mended(script.scenes, answer, part))
            left = left[len(part) :]
        return script

    def _repair(
        self, brief: Brief, script: Script, faults: Sequence[Fault]
    ) -> tuple[Sequence[Fault], ScriptAnswer]:
        """Return the first of the faults that one question can name, and its answer."""
        while True:
            words = sum(fault.words for fault in faults)
            messages = prompts.repair(brief, script, faults)
            tokens = answer_tokens(brief, len(faults), words)
            try:
                return faults, self._answered(_Ask(messages, len(faults), tokens))
            except QuestionTooLarge as exc:
                faults = faults[: _fewer(len(faults), exc)]

    def _part(
        self, brief: Brief, numbers: Sequence[int], written: Sequence[Scene], outline: Sequence[str]
    ) -> tuple[Sequence[int], ScriptAnswer]:
        """Return the first of the numbers that one question can ask for, and its answer."""
        part = numbers
        while True:
            messages = prompts.request(brief, part, written, outline)
            outlined = 0 if written or len(part) == brief.scene_count else brief.scene_count
            words = brief.words_per_scene * len(part)
            tokens = answer_tokens(brief, len(part), words, outlined)
            try:
                return part, self._answered(_Ask(messages, len(part), tokens))
            except QuestionTooLarge as exc:
                part = part[: _fewer(len(part), exc)]

    def _answered(self, ask: _Ask) -> ScriptAnswer:
        answer = self._asked(ask)
        try:
            return read_answer(answer.text)
        except ScriptError:
            if not answer.is_cut:
                raise
        log.info("%s spent its %d tokens before a scene was whole", self.name, ask.tokens)
        return read_answer(self._asked(replace(ask, tokens=2 * ask.tokens)).text)

    def _asked(self, ask: _Ask) -> Answer:
        """Return the answer in the strictest shape that the service takes."""
        while True:
            shape = self._shapes[0]
            question = Question(
                prompts.shaped(ask.messages, shape), shape, ask.tokens, ask.scene_count
            )
            wanted = admitted(question)
            if self._most_tokens and wanted > self._most_tokens:
                raise QuestionTooLarge(f"The {self.name} writer's plan admits no such question")
            try:
                answer = self._service.ask(question)
            except ShapeRefused:
                if len(self._shapes) == 1:
                    raise
                self._shapes.pop(0)
                log.info("%s refuses a %s, trying a looser shape", self._service.model, shape)
            except QuestionTooLarge as exc:
                # What the service counted may be more than was estimated here.
                self._most_tokens = min(exc.limit or wanted - 1, wanted - 1)
                raise
            else:
                self._log(answer)
                return answer

    def _log(self, answer: Answer) -> None:
        model, prices = self._service.model, self._service.prices
        if not answer.tokens_out:
            log.info("%s %s answered without counting its tokens", self.name, model)
            return
        sent, received = answer.tokens_in, answer.tokens_out
        cost = (sent * prices[0] + received * prices[1]) / 1e6 if prices else None
        told = "price unknown" if cost is None else f"about ${cost:.4f}"
        log.info("%s %s: %d tokens in, %d out, %s", self.name, model, sent, received, told)
        if answer.is_cut:
            log.info("%s stopped at its longest answer; the rest is asked for again", model)


def _fewer(count: int, refusal: QuestionTooLarge) -> int:
    """Return how many scenes to ask for next where so many were too many."""
    if count == 1:
        raise refusal
    return count * 3 // 4
