"""Groq's chat completions: a script against a strict JSON schema, within the user's patience.

Protocol: https://console.groq.com/docs/api-reference and /docs/structured-outputs.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from pydantic import BaseModel, Field

from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.writers.answers import SCHEMA
from videogen.script.writers.bounds import CONNECT_SECONDS, client
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.prompts import Message

if TYPE_CHECKING:
    from groq import Groq, RateLimitError

T = TypeVar("T")

log = logging.getLogger(__name__)

DEFAULT_MODEL = "openai/gpt-oss-120b"
# Dollars a million tokens, in and out, from Groq's price list; other models are logged without.
PRICES = {"openai/gpt-oss-120b": (0.15, 0.60), "openai/gpt-oss-20b": (0.075, 0.30)}
SECONDS_PER_SCENE = 1.0  # of waiting for an answer; some hundred tokens at the slowest model's rate
UNKNOWN_WAIT = 20.0  # seconds, where a refusal does not say when to come back
_STRICT = {
    "type": "json_schema",
    "json_schema": {"name": "script", "strict": True, "schema": SCHEMA},
}
_LOOSE = {"type": "json_object"}


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
        import groq

        timeout = self._timeout + SECONDS_PER_SCENE * scene_count
        with _translated(self.model, timeout), self._client(timeout) as api:
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

    def _client(self, timeout: float) -> Groq:
        import groq

        return groq.Groq(
            api_key=self._api_key,
            base_url=self._base_url,
            timeout=httpx.Timeout(timeout, connect=CONNECT_SECONDS),
            http_client=client(timeout, (_leave_waiting_to_us,)),
        )

    def _ask_model(self, api: Groq, messages: Sequence[Message]) -> Completion:
        sent: Any = [{"role": one.role, "content": one.content} for one in messages]
        wanted: Any = self._format
        raw = _patiently(
            lambda: api.chat.completions.with_raw_response.create(
                model=self.model, messages=sent, response_format=wanted
            ),
            self._patience,
        )
        return Completion.model_validate_json(raw.read())


def _leave_waiting_to_us(response: httpx.Response) -> None:
    # The SDK would wait up to a minute whatever the user's patience, and try at once past that.
    if response.status_code == 429:  # noqa: PLR2004
        response.headers["x-should-retry"] = "false"


def _patiently(call: Callable[[], T], patience: float) -> T:
    """Return what `call` returns, waiting at rate limits for `patience` seconds in all."""
    import groq

    while True:
        try:
            return call()
        except groq.RateLimitError as exc:
            wait = _wait_of(exc)
            if wait > patience:
                raise _come_back(wait) from exc
            log.warning("Groq's rate limit is reached, going on in %.0f s", wait)
            patience -= wait
            time.sleep(wait)


def _wait_of(exc: RateLimitError) -> float:
    try:
        wait = float(exc.response.headers["retry-after"])
    except (KeyError, ValueError):
        return UNKNOWN_WAIT
    return max(wait, 0.1) if math.isfinite(wait) else UNKNOWN_WAIT


def _come_back(wait: float) -> WriterUnavailable:
    back = datetime.now().astimezone() + timedelta(seconds=wait)
    return WriterUnavailable(
        f"Groq's rate limit is reached for another {wait:.0f} s",
        cure=f"Come back at {back:%H:%M:%S}, set VIDEOGEN_PATIENCE to wait longer, or choose "
        "another --writer.",
    )


@contextmanager
def _translated(model: str, timeout: float) -> Iterator[None]:
    """Translate the SDK's errors; none carries the key, which it never echoes."""
    import groq

    try:
        yield
    except (groq.AuthenticationError, groq.PermissionDeniedError) as exc:
        raise WriterUnavailable(
            f"Groq refused the key or its rights (HTTP {exc.status_code})",
            cure="Check GROQ_API_KEY, or choose another --writer.",
        ) from exc
    except groq.NotFoundError as exc:
        raise WriterUnavailable(
            f"Groq does not have the model {model!r}",
            cure=f"Name another by --model, such as {DEFAULT_MODEL}.",
        ) from exc
    except groq.APITimeoutError as exc:
        raise WriterUnavailable(
            f"Groq gave no answer within {timeout:.0f} s",
            cure="Run again later, or choose another --writer.",
        ) from exc
    except (groq.APIConnectionError, httpx.InvalidURL) as exc:
        raise WriterUnavailable(
            f"The connection to Groq failed: {exc.__cause__ or exc}",
            cure="Check the network and GROQ_BASE_URL, or choose another --writer.",
        ) from exc
    except groq.APIStatusError as exc:
        raise _refused(exc.status_code, exc.body) from exc
    except (groq.APIError, ValueError) as exc:
        raise ScriptError(
            f"Groq's answer can't be read: {type(exc).__name__}",
            cure="Run again, or choose another --writer.",
        ) from exc


def _refused(status: int, body: object) -> ScriptError:
    too_large = status == 413  # noqa: PLR2004
    said = body.get("error", {}) if isinstance(body, dict) else {}
    message = said.get("message", "") if isinstance(said, dict) else ""
    return ScriptError(
        f"Groq refused the request (HTTP {status}){': ' if message else ''}{message[:200]}",
        cure="Ask for a shorter --duration: the plan's tokens a minute allow no such request."
        if too_large
        else "Run again later, or choose another --model or --writer.",
    )


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
