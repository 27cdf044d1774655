"""What every language model has in common: it is asked in parts that fit, read, and mends its own."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from videogen.domain.script import Brief, Scene, Script
from videogen.errors import ScriptError, VideogenError
from videogen.provider import Variable
from videogen.script.writers import prompts
from videogen.script.writers.answers import ScriptAnswer, mended, read_answer, scenes_of
from videogen.script.writers.base import Fault, ScriptWriter
from videogen.script.writers.budget import admitted, answer_tokens
from videogen.script.writers.dividing import divided
from videogen.script.writers.provider import Assignment, WriterProvider
from videogen.script.writers.service import (
    Answer,
    ChatService,
    FormatRefused,
    Keep,
    Question,
    QuestionTooLarge,
)

log = logging.getLogger(__name__)

T = TypeVar("T")
_MOST_NAMES = 3


class _CutTooSoon(ScriptError):
    """An answer ended before its first scene was whole."""


def _asked_anew(_question: Question, ask: Callable[[], Answer]) -> Answer:
    return ask()


class ChatWriter:
    """Writes by a service's model: the whole script at once, or in parts that its plan admits."""

    def __init__(self, service: ChatService, keep: Keep = _asked_anew) -> None:
        self.name = service.name
        self._service = service
        self._keep = keep
        self._formats = list(service.response_formats)
        self._most_tokens = 0  # admitted at once; 0 until the service says so

    @property
    def model(self) -> str:
        """The model that answers.

        Raises:
            WriterUnavailable: there is none.
        """
        return self._service.model

    @property
    def prices(self) -> tuple[float, float] | None:
        """Dollars a million tokens, in and out, where they are known."""
        return self._service.prices

    def keeping(self, keep: Keep) -> ChatWriter:
        """Return the writer that asks for nothing that was answered before."""
        return ChatWriter(self._service, keep)

    def write(self, brief: Brief) -> Script:
        """Return the model's script; its length is as good as models are at counting words."""
        answers: list[ScriptAnswer] = []
        scenes: list[Scene] = []
        left = list(range(1, brief.scene_count + 1))
        while left:
            outline = answers[0].outline if answers else ()
            part, answer = self._part(brief, left, scenes, outline)
            is_last = part[-1] == brief.scene_count
            found = divided(scenes_of(answer, part), part, brief.words_per_scene, brief.language)
            scenes += [one for one in found if is_last or one.number <= part[-1]]
            answers.append(answer)
            left = left[len(part) :]
        named = tuple(one.credit for one in brief.references)
        script = Script(brief.topic, tuple(scenes), self.name, credits=named)
        return _in_words_of(answers[0], script)

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:
        """Return the script with what the model wrote for the faults."""
        left = list(faults)
        while left:
            part, answer = self._repair(brief, script, left)
            script = replace(script, scenes=mended(script.scenes, answer, part))
            if any(fault.kind == "foreign" for fault in part):
                script = _in_words_of(answer, script)
            left = left[len(part) :]
        return script

    def _part(
        self, brief: Brief, numbers: Sequence[int], written: Sequence[Scene], outline: Sequence[str]
    ) -> tuple[Sequence[int], ScriptAnswer]:
        """Return the first of the numbers that one question can ask for, and its answer."""

        def asked(part: Sequence[int]) -> Question:
            outlined = 0 if written or len(part) == brief.scene_count else brief.scene_count
            words = brief.words_per_scene * len(part)
            tokens = answer_tokens(brief, len(part), words, outlined)
            return Question(prompts.request(brief, part, written, outline), len(part), tokens)

        return self._fitting(numbers, asked)

    def _repair(
        self, brief: Brief, script: Script, faults: Sequence[Fault]
    ) -> tuple[Sequence[Fault], ScriptAnswer]:
        """Return the first of the faults that one question can name, and its answer."""

        def asked(part: Sequence[Fault]) -> Question:
            tokens = answer_tokens(brief, len(part), sum(fault.words for fault in part))
            return Question(prompts.repair(brief, script, part), len(part), tokens)

        return self._fitting(faults, asked)

    def _fitting(
        self, wanted: Sequence[T], question: Callable[[Sequence[T]], Question]
    ) -> tuple[Sequence[T], ScriptAnswer]:
        """Return as many of what is wanted as the service admits at once, and its answer."""
        while True:
            try:
                return wanted, self._read(question(wanted))
            except QuestionTooLarge:
                if len(wanted) == 1:
                    raise
                wanted = wanted[: len(wanted) * 3 // 4]

    def _read(self, question: Question) -> ScriptAnswer:
        try:
            return self._asked(question)
        except _CutTooSoon:
            log.info("%s spent its %d tokens before a scene was whole", self.name, question.tokens)
        return self._asked(replace(question, tokens=2 * question.tokens))

    def _asked(self, question: Question) -> ScriptAnswer:
        """Return the answer in the strictest format that the service takes."""
        while True:
            strictest = self._formats[0]
            messages = prompts.formatted(question.messages, strictest)
            formatted = replace(question, messages=messages, response_format=strictest)
            wanted = admitted(formatted)
            if self._most_tokens and wanted > self._most_tokens:
                raise QuestionTooLarge(f"The {self.name} writer's plan admits no such question")
            try:
                answer = self._keep(formatted, functools.partial(self._paid, formatted))
            except FormatRefused:
                if len(self._formats) == 1:
                    raise
                self._formats.pop(0)
                log.info("%s refuses a %s, trying a looser format", self.model, strictest)
            except QuestionTooLarge as exc:
                # What the service counted may be more than was estimated here.
                self._most_tokens = min(exc.limit or wanted - 1, wanted - 1)
                raise
            else:
                return read_answer(answer.text)

    def _paid(self, question: Question) -> Answer:
        """Return what is worth keeping: an answer that can be read."""
        answer = self._service.ask(question)
        self._log(answer)
        try:
            read_answer(answer.text)
        except ScriptError as exc:
            if answer.is_cut:
                raise _CutTooSoon(exc.what, cure=exc.cure) from exc
            raise
        return answer

    def _log(self, answer: Answer) -> None:
        model, prices = self.model, self._service.prices
        if not answer.tokens_out:
            log.info("%s %s answered without counting its tokens", self.name, model)
            return
        sent, received = answer.tokens_in, answer.tokens_out
        cost = (sent * prices[0] + received * prices[1]) / 1e6 if prices else None
        told = "price unknown" if cost is None else f"about ${cost:.4f}"
        log.info("%s %s: %d tokens in, %d out, %s", self.name, model, sent, received, told)
        if answer.is_cut:
            log.info("%s stopped at its longest answer; the rest is asked for again", model)


def _in_words_of(film: ScriptAnswer, script: Script) -> Script:
    """Return the script with what an answer says of the whole film."""
    return replace(
        script,
        title=film.title.strip() or script.title,
        thumbnail_text=film.thumbnail_text.strip() or script.thumbnail_text,
        description=film.description.strip() or script.description,
    )


def key_is_set(key: Variable | None, task: Assignment) -> str:
    """Tell that the user has set the key; empty where there is none."""
    return f"{key.name} is set" if key and task.settings.value_of(key).strip() else ""


def chat_provider(
    service: Callable[[Assignment], ChatService],
    *,
    gives: str,
    needs: str = "",
    key: Variable | None = None,
    address: Variable | None = None,
    set_up: Callable[[Assignment], str] | None = None,
    lack: Callable[[ScriptWriter, Assignment], str] | None = None,
    otherwise: str = "",
    first_model: str = "",
) -> WriterProvider:
    """Return what a service with a language model tells of itself as a writer.

    `first_model` is the command that brings one to a service that has none.
    """
    return WriterProvider(
        open=lambda task: ChatWriter(service(task)),
        probe=lambda task: _told(service(task).models(), first_model),
        has_model=True,
        set_up=set_up or functools.partial(key_is_set, key),
        lack=lack,
        gives=gives,
        needs=needs,
        key=key,
        address=address,
        otherwise=otherwise,
    )


def _told(models: Sequence[str], first_model: str) -> str:
    if not models:
        raise VideogenError("It has no model", command=first_model)
    more = f" and {len(models) - _MOST_NAMES} more" if len(models) > _MOST_NAMES else ""
    return ", ".join(models[:_MOST_NAMES]) + more
