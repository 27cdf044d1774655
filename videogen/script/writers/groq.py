"""Groq's chat completions: a script against a strict JSON schema, within the user's patience.

Protocol: https://console.groq.com/docs/api-reference and /docs/structured-outputs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import groq
from pydantic import BaseModel, Field

from videogen.errors import ScriptError, VideogenError, WriterUnavailable
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.script.writers.answers import SCHEMA
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.prompts import Message

log = logging.getLogger(__name__)

DEFAULT_MODEL = "openai/gpt-oss-120b"
# Dollars a million tokens, in and out, from Groq's price list; other models are logged without.
PRICES = {"openai/gpt-oss-120b": (0.15, 0.60), "openai/gpt-oss-20b": (0.075, 0.30)}
SECONDS_PER_SCENE = 1.0  # of waiting for an answer; some hundred tokens at the slowest model's rate
_STRICT = {
    "type": "json_schema",
    "json_schema": {"name": "script", "strict": True, "schema": SCHEMA},
}
_LOOSE = {"type": "json_object"}
_KEY_REFUSED = Meaning(
    WriterUnavailable,
    "Groq refused the key or its rights",
    "Check GROQ_API_KEY, or choose another --writer.",
)
_TOO_LARGE = Meaning(
    ScriptError,
    "Groq refused the request as too large (HTTP 413)",
    "Ask for a shorter --duration: the plan's tokens a minute allow no such request.",
)


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int


class Completion(BaseModel):
    """An answer of the service, checked, since the SDK takes any JSON for one."""

    choices: tuple[_Choice, ...] = Field(min_length=1)
    usage: _Usage | None = None


class GroqWriter(ChatWriter):
    """Writes and revises by a model at Groq, two requests a script at most.

    `patience` and `timeout` are seconds: all waiting at rate limits for one request, and for one
    answer before what its length adds.
    """

    name = "groq"

    def __init__(
        self, api_key: str, base_url: str, model: str, patience: float, timeout: float = 30.0
    ) -> None:
        self.model = model or DEFAULT_MODEL
        self._api_key = api_key
        self._base_url = base_url
        self._patience = patience
        self._timeout = timeout
        self._format: dict[str, Any] = _STRICT

    def complete(self, messages: Sequence[Message], scene_count: int) -> str:
        """Return the model's answer.

        Raises:
            WriterUnavailable: the key or model is refused, or the service is away or busy.
            ScriptError: it answered with something else.
        """
        seconds = self._timeout + SECONDS_PER_SCENE * scene_count
        errors = _errors(self.model)
        with (
            Client(self._base_url, errors, seconds=seconds, patience=self._patience) as client,
            _translated(errors),
        ):
            api = groq.Groq(
                api_key=self._api_key,
                base_url=self._base_url,
                timeout=seconds,
                max_retries=0,
                http_client=client.for_sdk(),
            )
            try:
                completion = self._ask_model(api, messages)
            except groq.BadRequestError:
                if self._format is _LOOSE:
                    raise
                log.info("%s refuses a JSON schema, asking for a plain JSON object", self.model)
                self._format = _LOOSE
                completion = self._ask_model(api, messages)
        _log_usage(completion, self.model)
        if completion.choices[0].finish_reason == "length":
            log.warning("%s stopped at its longest answer; the rest is missing", self.model)
        return completion.choices[0].message.content or ""

    def _ask_model(self, api: groq.Groq, messages: Sequence[Message]) -> Completion:
        sent: Any = [{"role": one.role, "content": one.content} for one in messages]
        wanted: Any = self._format
        raw = api.chat.completions.with_raw_response.create(
            model=self.model, messages=sent, response_format=wanted
        )
        return Completion.model_validate_json(raw.read())


def _errors(model: str) -> ErrorTranslation:
    unknown = Meaning(
        WriterUnavailable,
        f"Groq does not have the model {model!r}",
        f"Name another by --model, such as {DEFAULT_MODEL}.",
    )
    return ErrorTranslation(
        unreachable=WriterUnavailable,
        unusable=ScriptError,
        busy=WriterUnavailable,
        opening="Groq can't be used: ",
        cure="Run again later, check the network and GROQ_BASE_URL, or choose another --model or "
        "--writer.",
        busy_cure="Come back at {back}, set VIDEOGEN_PATIENCE to wait longer, or choose another "
        "--writer.",
        statuses={401: _KEY_REFUSED, 403: _KEY_REFUSED, 404: unknown, 413: _TOO_LARGE},
    )


@contextmanager
def _translated(errors: ErrorTranslation) -> Iterator[None]:
    """Unwrap our client's errors from the SDK's, and translate what the SDK finds in an answer."""
    try:
        yield
    except groq.APIConnectionError as exc:
        if isinstance(exc.__cause__, VideogenError):
            raise exc.__cause__ from exc.__cause__.__cause__
        raise
    except groq.APIStatusError as exc:
        said = _said(exc.body)
        raise errors.of_status(exc.status_code, exc.request.url, said) from exc
    except (groq.APIError, ValueError) as exc:
        raise errors.of_nonsense() from exc


def _said(body: object) -> str:
    error = body.get("error") if isinstance(body, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    return message if isinstance(message, str) else ""


def _log_usage(completion: Completion, model: str) -> None:
    if completion.usage is None:
        log.info("Groq %s answered without counting its tokens", model)
        return
    sent, received = completion.usage.prompt_tokens, completion.usage.completion_tokens
    prices = PRICES.get(model)
    cost = (sent * prices[0] + received * prices[1]) / 1e6 if prices else None
    log.info(
        "Groq %s: %d tokens in, %d out, %s",
        model,
        sent,
        received,
        "price unknown" if cost is None else f"about ${cost:.4f}",
    )
