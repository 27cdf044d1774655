"""Chat completions as OpenAI defined them and most services speak them: the body, and its answers.

Protocol: https://platform.openai.com/docs/api-reference/chat.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from videogen.http.client import Reply
from videogen.http.errors import ErrorTranslation
from videogen.script.writers.refusals import Refusal
from videogen.script.writers.schema import SCHEMA
from videogen.script.writers.service import (
    TEMPERATURE,
    Answer,
    FormatRefused,
    Question,
    QuestionTooLarge,
    ResponseFormat,
    whole_letters,
)

# Statuses of a request that is read and not taken.
NOT_TAKEN = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
_FORMATS: Mapping[ResponseFormat, Mapping[str, Any]] = {
    "schema": {
        "type": "json_schema",
        "json_schema": {"name": "script", "strict": True, "schema": SCHEMA},
    },
    "object": {"type": "json_object"},
}
_LIMIT = re.compile(r"Limit (\d+)")
# A model writes fewer tokens than were asked for, in Groq's words and in OpenAI's.
_MOST = re.compile(
    r"max_(?:completion_)?tokens.*(?:less than or equal to|at most) `?(\d+)", re.DOTALL
)
_FORMAT_WORDS = re.compile(r"response.?format|json.?schema|json.?object", re.IGNORECASE)


class _Model(BaseModel):
    id: str


class Models(BaseModel):
    """The list of models that services give, Anthropic's too."""

    data: tuple[_Model, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(one.id for one in self.data)


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(BaseModel):
    choices: tuple[_Choice, ...] = Field(min_length=1)
    usage: _Usage | None = None


def body_of(model: str, question: Question, limit: str, **more: Any) -> dict[str, Any]:
    """Return the request; `limit` is the service's name for the most tokens to be written."""
    body = {
        "model": model,
        "messages": question.turns,
        "temperature": TEMPERATURE,
        limit: question.tokens,
        **more,
    }
    wanted = _FORMATS.get(question.response_format)
    return body | {"response_format": wanted} if wanted else body


def answer_of(content: bytes, errors: ErrorTranslation) -> Answer:
    """Return what a model wrote.

    Raises:
        VideogenError: it is no completion, as `errors` says.
    """
    try:
        completion = _Completion.model_validate_json(whole_letters(content))
    except ValidationError as exc:
        raise errors.of_nonsense() from exc
    choice, usage = completion.choices[0], completion.usage or _Usage()
    return Answer(
        choice.message.content or "",
        choice.finish_reason == "length",
        usage.prompt_tokens,
        usage.completion_tokens,
    )


def most_tokens(refusal: Refusal) -> int:
    """Return how many tokens a model's answer may have, 0 where that is not what was refused."""
    told = _MOST.search(refusal.message) if refusal.status in NOT_TAKEN else None
    return int(told[1]) if told else 0


def judged(reply: Reply, errors: ErrorTranslation) -> Answer:
    """Return what can be kept of a refused answer.

    Raises:
        FormatRefused: the model can't be held to the format.
        QuestionTooLarge: the plan, the model's context or its longest answer has no room for it.
        VideogenError: anything else, as `errors` says.
    """
    refusal = Refusal.of(reply)
    if refusal.code == "json_validate_failed":
        return Answer(refusal.failed, is_cut=True)
    if _is_of_format(refusal):
        raise FormatRefused(refusal.message)
    if most := most_tokens(refusal):
        raise QuestionTooLarge(refusal.message, limit=most)
    limit = _LIMIT.search(refusal.message)
    is_large = refusal.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if refusal.code == "context_length_exceeded" or (is_large and limit):
        raise QuestionTooLarge(refusal.message, limit=int(limit[1]) if limit else 0)
    raise errors.of_status(reply.status, reply.url, refusal.message)


def _is_of_format(refusal: Refusal) -> bool:
    """Tell whether it is the form of the answer that can't be had."""
    told = refusal.parameter == "response_format" or _FORMAT_WORDS.search(refusal.message)
    # A schema that is wrong in itself is ours to mend, not to avoid.
    is_ours = "invalid JSON schema" in refusal.message
    return refusal.status in NOT_TAKEN and bool(told) and not is_ours
