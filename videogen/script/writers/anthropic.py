"""Anthropic's messages: a script as the input of a tool that the model has to use.

Protocol: https://docs.anthropic.com/en/api/messages and /en/api/models-list. Its layer for OpenAI's
clients is a test-bed by its own word.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ValidationError

from videogen.errors import ScriptError, VideogenError, WriterUnavailable
from videogen.http.client import Client, Reply
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.provider import Variable
from videogen.script.writers.chat import chat_provider
from videogen.script.writers.completions import Models
from videogen.script.writers.provider import Assignment
from videogen.script.writers.refusals import Refusal, key_and_model, model_errors
from videogen.script.writers.schema import SCHEMA
from videogen.script.writers.service import (
    TEMPERATURE,
    Answer,
    Question,
    QuestionTooLarge,
    ResponseFormat,
    whole_letters,
)

KEY = Variable(
    "ANTHROPIC_API_KEY",
    "scripts by Anthropic's models",
    had_at="https://console.anthropic.com/settings/keys",
)
ADDRESS = Variable(
    "ANTHROPIC_BASE_URL", "a proxy in front of Anthropic", "https://api.anthropic.com"
)


VERSION = "2023-06-01"
SECONDS, SECONDS_PER_SCENE = 60.0, 4.0
_TOOL = {"name": "write_script", "description": "Hands in the script.", "input_schema": SCHEMA}


class _Block(BaseModel):
    type: str
    text: str = ""
    input: dict[str, Any] = {}


class _Usage(BaseModel):
    input_tokens: int = 0
    output_tokens: int = 0


class _Reply(BaseModel):
    content: tuple[_Block, ...]
    stop_reason: str | None = None
    usage: _Usage = _Usage()


class AnthropicChat:
    """A model of Anthropic's, its newest Sonnet where none is named; `patience` is in seconds."""

    name = "anthropic"
    response_formats: tuple[ResponseFormat, ...] = ("schema",)
    prices = None

    def __init__(self, api_key: str, base_url: str, model: str, patience: float) -> None:
        self._headers = {"x-api-key": api_key, "anthropic-version": VERSION}
        self._base_url = base_url
        self._model = model
        self._patience = patience
        self._wishes: dict[str, Any] = {
            "temperature": TEMPERATURE,
            "tool_choice": {"type": "tool", "name": _TOOL["name"]},
        }

    @property
    def model(self) -> str:
        """The model that was named, or the newest Sonnet.

        Raises:
            WriterUnavailable: the service can't be asked which it has.
        """
        if not self._model:
            names = self.models()
            sonnets = [name for name in names if "sonnet" in name]
            if not names:
                raise _errors("").of_nonsense()
            self._model = (sonnets or names)[0]
        return self._model

    def models(self) -> Sequence[str]:
        """Return the models that the key may ask, the newest first."""
        with self._client(_errors(""), SECONDS) as client:
            return client.ask("/v1/models", {}, Models).names

    def ask(self, question: Question) -> Answer:
        """Return the model's answer."""
        errors = _errors(self.model)
        seconds = SECONDS + SECONDS_PER_SCENE * question.scene_count
        with self._client(errors, seconds) as client:
            reply = client.exchange("/v1/messages", self._body(question))
            while not reply.is_success and self._gives_up(Refusal.of(reply).message):
                reply = client.exchange("/v1/messages", self._body(question))
        if not reply.is_success:
            raise _refused(reply, errors)
        return _answer(reply.content, errors)

    def _gives_up(self, refused: str) -> bool:
        """Leave out what the model refuses, from then on; tell whether there was such a wish.

        The newest models take no temperature, and those that think can't be made to use a tool.
        """
        found = [name for name in self._wishes if name in refused]
        for name in found:
            del self._wishes[name]
        return bool(found)

    def _body(self, question: Question) -> dict[str, Any]:
        told = {one.role: one.content for one in question.messages}
        return {
            "model": self.model,
            "max_tokens": question.tokens,
            "system": told["system"],
            "messages": [{"role": "user", "content": told["user"]}],
            "tools": [_TOOL],
            **self._wishes,
        }

    def _client(self, errors: ErrorTranslation, seconds: float) -> Client:
        return Client(
            self._base_url, errors, seconds=seconds, patience=self._patience, headers=self._headers
        )


def _answer(content: bytes, errors: ErrorTranslation) -> Answer:
    try:
        reply = _Reply.model_validate_json(whole_letters(content))
    except ValidationError as exc:
        raise errors.of_nonsense() from exc
    if reply.stop_reason == "refusal":
        raise ScriptError(
            "Anthropic's model declines to write on this topic",
            cure="Word the topic otherwise, or choose another --model or --writer.",
        )
    written = [json.dumps(one.input) for one in reply.content if one.type == "tool_use"]
    written = written or [one.text for one in reply.content if one.type == "text"]
    return Answer(
        "\n".join(written),
        reply.stop_reason == "max_tokens",
        reply.usage.input_tokens,
        reply.usage.output_tokens,
    )


def _refused(reply: Reply, errors: ErrorTranslation) -> VideogenError:
    said = Refusal.of(reply).message
    too_long = "prompt is too long" in said or "max_tokens:" in said
    if reply.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or too_long:
        return QuestionTooLarge(said)
    return errors.of_status(reply.status, reply.url, said)


def _errors(model: str) -> ErrorTranslation:
    unknown = Meaning(
        WriterUnavailable,
        f"Anthropic does not have the model {model!r}",
        "Name another by --model, or leave it out for the newest Sonnet.",
    )
    return model_errors(
        "Anthropic can't be used: ",
        "Run again later, check the network, or choose another --model or --writer.",
        key_and_model("Anthropic", KEY, unknown),
    )


def _service(task: Assignment) -> AnthropicChat:
    settings = task.settings
    return AnthropicChat(task.key(KEY), settings.value_of(ADDRESS), task.model, settings.patience)


PROVIDER = chat_provider(
    _service,
    key=KEY,
    address=ADDRESS,
    gives="the same, by the newest Sonnet unless `--model` names another",
)
