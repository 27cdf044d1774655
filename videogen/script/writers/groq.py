"""Groq's chat completions: within the plan's tokens a minute, and the user's patience.

Protocol: https://console.groq.com/docs/api-reference, /docs/structured-outputs, /docs/reasoning and
/docs/rate-limits. Without `max_completion_tokens` an answer ends at about 2,048 tokens, hidden
reasoning among them.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import groq

from videogen.errors import ScriptError, VideogenError, WriterUnavailable
from videogen.http.client import Client, Reply
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.provider import Variable
from videogen.script.writers.budget import admitted
from videogen.script.writers.chat import chat_provider
from videogen.script.writers.completions import Models, answer_of, body_of, judged
from videogen.script.writers.provider import Assignment
from videogen.script.writers.refusals import key_and_model, model_errors
from videogen.script.writers.service import Answer, Question, ResponseFormat

KEY = Variable("GROQ_API_KEY", "scripts by Groq's models", had_at="https://console.groq.com/keys")
ADDRESS = Variable("GROQ_BASE_URL", "a proxy in front of Groq", "https://api.groq.com")


log = logging.getLogger(__name__)

DEFAULT_MODEL = "openai/gpt-oss-120b"
# Dollars a million tokens, in and out, from Groq's price list; other models are logged without.
PRICES = {"openai/gpt-oss-120b": (0.15, 0.60), "openai/gpt-oss-20b": (0.075, 0.30)}
SECONDS_PER_SCENE = 1.0  # of waiting for an answer; some hundred tokens at the slowest model's rate
_TOO_LARGE = Meaning(
    ScriptError,
    "Groq refused the request as too large (HTTP 413)",
    "Ask for a shorter --duration: the plan's tokens a minute allow no such request.",
)
_DURATION = re.compile(r"([\d.]+)(ms|[hms])")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class _Allowance:
    """Tokens that the plan admits until `renewed`, a time of the monotonic clock."""

    tokens: int
    renewed: float


class GroqChat:
    """A model at Groq.

    `patience` and `timeout` are seconds: all waiting at rate limits for one request, and for one
    answer before what its length adds.
    """

    name = "groq"
    response_formats: tuple[ResponseFormat, ...] = ("schema", "object")

    def __init__(
        self, api_key: str, base_url: str, model: str, patience: float, timeout: float = 30.0
    ) -> None:
        self.model = model or DEFAULT_MODEL
        self._api_key = api_key
        self._base_url = base_url
        self._patience = patience
        self._timeout = timeout
        self._allowance: _Allowance | None = None

    @property
    def prices(self) -> tuple[float, float] | None:
        """Dollars a million tokens, in and out."""
        return PRICES.get(self.model)

    def models(self) -> Sequence[str]:
        """Return the models that the key may ask."""
        key = {"Authorization": f"Bearer {self._api_key}"}
        errors = _errors(self.model)
        with Client(
            self._base_url, errors, seconds=self._timeout, patience=self._patience, headers=key
        ) as client:
            return client.ask("/openai/v1/models", {}, Models).names

    def ask(self, question: Question) -> Answer:
        """Return the model's answer, once the plan's minute has room for it."""
        errors = _errors(self.model)
        seconds = self._timeout + SECONDS_PER_SCENE * question.scene_count
        with (
            Client(self._base_url, errors, seconds=seconds, patience=self._patience) as client,
            _translated(errors),
        ):
            self._wait_for_room(admitted(question), client)
            api = groq.Groq(
                api_key=self._api_key,
                base_url=self._base_url,
                timeout=seconds,
                max_retries=0,
                http_client=client.for_sdk(),
            )
            try:
                response = api.chat.completions.with_raw_response.create(**self._body(question))
            except groq.APIStatusError as exc:
                found = exc.response
                return judged(Reply(found.status_code, found.content, exc.request.url), errors)
        self._allowance = _allowance(response.headers)
        return answer_of(response.read(), errors)

    def _body(self, question: Question) -> dict[str, Any]:
        effort = {"reasoning_effort": "low"} if "gpt-oss" in self.model else {}
        return body_of(self.model, question, "max_completion_tokens", **effort)

    def _wait_for_room(self, tokens: int, client: Client) -> None:
        known, now = self._allowance, time.monotonic()
        if known and tokens > known.tokens and known.renewed > now:
            log.info("The plan's tokens of this minute are used")
            client.wait(known.renewed - now)


def _allowance(headers: Mapping[str, str]) -> _Allowance | None:
    left = headers.get("x-ratelimit-remaining-tokens", "")
    parts = _DURATION.findall(headers.get("x-ratelimit-reset-tokens", ""))
    if not (left.isdecimal() and parts):
        return None
    seconds = sum(float(amount) * _SECONDS[unit] for amount, unit in parts)
    return _Allowance(int(left), time.monotonic() + seconds)


def _errors(model: str) -> ErrorTranslation:
    unknown = Meaning(
        WriterUnavailable,
        f"Groq does not have the model {model!r}",
        f"Name another by --model, such as {DEFAULT_MODEL}.",
    )
    return model_errors(
        "Groq can't be used: ",
        "Run again later, check the network and GROQ_BASE_URL, or choose another --model or "
        "--writer.",
        {
            **key_and_model("Groq", KEY, unknown),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _TOO_LARGE,
        },
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
    except (groq.APIError, ValueError) as exc:
        raise errors.of_nonsense() from exc


def _service(task: Assignment) -> GroqChat:
    settings = task.settings
    return GroqChat(task.key(KEY), settings.value_of(ADDRESS), task.model, settings.patience)


PROVIDER = chat_provider(
    _service,
    key=KEY,
    address=ADDRESS,
    gives="written to the duration; four requests at most, or as many parts as your plan admits; tokens "
    "and cost in the log",
)
