"""Groq's chat completions as far as a writer needs them, with its limits and every known refusal.

From the service's documents: at most `max_completion_tokens` are written, hidden reasoning among
them, 2,048 where none is named; a request is admitted against the plan's tokens a minute with its
prompt and all that it may write. Four letters are a token here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.model import Model

KEY = "gsk_test_0123456789"
DEFAULT_CAP = 2048
MOST_TOKENS = 16_384  # of an answer by a model with a context of more
# Hidden reasoning of gpt-oss models, in tokens, by the effort that is asked for.
REASONING = {"low": 300, "medium": 1100, "high": 1900}
LETTERS_PER_TOKEN = 4
MODELS = ("openai/gpt-oss-120b", "openai/gpt-oss-20b")
REFUSALS = {
    "unauthorised": (401, "Invalid API Key", "invalid_api_key"),
    "too large": (413, "Request Entity Too Large", "request_too_large"),
    "server error": (500, "Internal server error", "internal_server_error"),
    "decommissioned": (400, "The model has been decommissioned", "model_decommissioned"),
    "context": (400, "Please reduce the length of the messages", "context_length_exceeded"),
}
FAULTS = {
    "hang": Reply(fault="hang"),
    "endless": Reply(b" " * 65536, fault="endless"),
    "cut connection": Reply(b'{"choices": [', fault="cut"),
    "not json": Reply(b"<html>Hotel network</html>", headers={"content-type": "text/html"}),
}


class FakeGroq(Loopback):
    """Answers request after request by the behaviours given; the last one stays.

    A behaviour is one of the model's, a key of `REFUSALS` or `FAULTS`, `rate limited`, `no schema`,
    `no choices` or `invalid json`. The plan admits `tokens_a_minute`, and its minute lasts `minute`
    seconds.
    """

    def __init__(
        self,
        *behaviours: str,
        retry_after: str = "0.05",
        tokens_a_minute: int = 250_000,
        minute: float = 0.3,
    ) -> None:
        super().__init__()
        self.behaviours: Sequence[str] = behaviours or ("exact",)
        self.retry_after = retry_after
        self.model = Model()
        self._plan = _Plan(tokens_a_minute, minute)
        self._turn = 0

    @property
    def formats(self) -> list[str]:
        return [request.json["response_format"]["type"] for request in self.requests]

    def answer(self, request: Request) -> Reply:
        if (request.method, request.path) == ("GET", "/openai/v1/models"):
            return _listed(request)
        behaviour = self.behaviours[min(self._turn, len(self.behaviours) - 1)]
        self._turn += 1
        if refused := _refusal(request, behaviour, self.retry_after):
            return refused
        if refused := self._plan.refusal(request.json):
            self._turn -= 1  # the model was not asked
            return refused
        return self._completed(request, behaviour)

    def _completed(self, request: Request, behaviour: str) -> Reply:
        asked = request.json
        prompt = _prompt(asked)
        if asked.get("response_format", {}).get("type") == "json_object" and "JSON" not in prompt:
            return _error(400, "'messages' must contain the word 'json'", "invalid_request_error")
        written, is_cut = capped(self.model.answer(prompt, behaviour), asked)
        if is_cut and behaviour == "invalid json":
            return _failed_generation(written)
        usage = {"prompt_tokens": 500, "completion_tokens": 2000, "total_tokens": 2500}
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": written},
            "finish_reason": "length" if is_cut or behaviour == "cut off" else "stop",
        }
        return json_reply(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1780000000,
                "model": asked["model"],
                "choices": [] if behaviour == "no choices" else [choice],
                "usage": usage,
            },
            headers=self._plan.headers,
        )


class _Plan:
    """Tokens that a plan admits in a minute."""

    def __init__(self, limit: int, minute: float) -> None:
        self._limit = limit
        self._minute = minute
        self._spent = 0
        self._over = 0.0
        self._lock = threading.Lock()

    def refusal(self, asked: dict[str, Any]) -> Reply | None:
        wanted = len(_prompt(asked)) // LETTERS_PER_TOKEN + _cap(asked)
        with self._lock:
            if time.monotonic() >= self._over:
                self._spent, self._over = 0, time.monotonic() + self._minute
            if wanted > self._limit:
                return _too_large(asked["model"], self._limit, wanted)
            if self._spent + wanted > self._limit:
                left = f"{max(0.01, self._over - time.monotonic()):.2f}"
                return _error(429, "Rate limit reached", "rate_limit_exceeded", left)
            self._spent += wanted
        return None

    @property
    def headers(self) -> dict[str, str]:
        left = max(0.0, self._over - time.monotonic())
        return {
            "x-ratelimit-limit-requests": "1000",
            "x-ratelimit-remaining-requests": "999",
            "x-ratelimit-reset-requests": "1m26.4s",
            "x-ratelimit-limit-tokens": str(self._limit),
            "x-ratelimit-remaining-tokens": str(self._limit - self._spent),
            "x-ratelimit-reset-tokens": f"{left * 1000:.0f}ms",
        }


def _prompt(asked: dict[str, Any]) -> str:
    return "\n".join(message["content"] for message in asked["messages"])


def _cap(asked: dict[str, Any]) -> int:
    return int(asked.get("max_completion_tokens") or asked.get("max_tokens") or DEFAULT_CAP)


def capped(written: str, asked: dict[str, Any]) -> tuple[str, bool]:
    """Return what of an answer fits the tokens asked for, after the reasoning, and if it is cut."""
    effort = asked.get("reasoning_effort", "medium")
    thought = REASONING[effort] if "gpt-oss" in asked["model"] else 0
    room = max(0, _cap(asked) - thought) * LETTERS_PER_TOKEN
    return written[:room], len(written) > room


def _listed(request: Request) -> Reply:
    if request.headers.get("authorization") != f"Bearer {KEY}":
        return _error(*REFUSALS["unauthorised"])
    models = [{"id": name, "object": "model"} for name in MODELS]
    return json_reply({"object": "list", "data": models})


def _refusal(request: Request, behaviour: str, retry_after: str) -> Reply | None:
    """Return what the service says before any model is asked."""
    if (request.method, request.path) != ("POST", "/openai/v1/chat/completions"):
        return _error(404, f"Unknown request URL: {request.path}", "unknown_url")
    if request.headers.get("authorization") != f"Bearer {KEY}":
        behaviour = "unauthorised"
    if behaviour in REFUSALS:
        return _error(*REFUSALS[behaviour])
    if behaviour == "rate limited":
        return _error(429, "Rate limit reached", "rate_limit_exceeded", retry_after)
    return FAULTS.get(behaviour) or _unfit(request.json, behaviour)


def _unfit(asked: dict[str, Any], behaviour: str) -> Reply | None:
    """Return the refusal of a request that the model can't take."""
    if asked["model"] == "llama-3.3-70b-versatile":
        return _error(404, "The model does not exist", "model_not_found")
    if "reasoning_effort" in asked and "gpt-oss" not in asked["model"]:
        message = "reasoning_effort is not supported with this model"
        return _error(400, message, "invalid_request_error")
    if "gpt-oss" not in asked["model"] and _cap(asked) > MOST_TOKENS:
        message = (
            f"`max_completion_tokens` must be less than or equal to `{MOST_TOKENS}`, the maximum value "
            "for `max_completion_tokens` is less than the `context_window` for this model"
        )
        return _error(400, message, "")
    wanted = asked.get("response_format", {"type": "text"})
    if wanted["type"] != "json_schema":
        return None
    if behaviour == "no schema":
        message = "This model does not support response format `json_schema`"
        return _error(400, message, "invalid_request_error")
    return _schema_fault(wanted["json_schema"])


def _schema_fault(wanted: dict[str, Any]) -> Reply | None:
    """Return the refusal of a schema that strict mode can't take."""
    open_objects = [part for part in _objects(wanted["schema"]) if not _is_strict(part)]
    if wanted.get("strict") is not True or not wanted.get("name") or open_objects:
        return _error(400, "invalid JSON schema for response_format", "invalid_request_error")
    return None


def _objects(schema: Any) -> list[dict[str, Any]]:
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    return own + [found for part in inner for found in _objects(part)]


def _is_strict(part: dict[str, Any]) -> bool:
    complete = sorted(part["required"]) == sorted(part["properties"])
    return complete and part["additionalProperties"] is False


def _too_large(model: str, limit: int, wanted: int) -> Reply:
    message = (
        f"Request too large for model `{model}` in organization `org_01` service tier `on_demand` "
        f"on tokens per minute (TPM): Limit {limit}, Requested {wanted}, please reduce your message "
        "size and try again."
    )
    error = {"message": message, "type": "tokens", "code": "rate_limit_exceeded"}
    return json_reply({"error": error}, 413)


def _failed_generation(written: str) -> Reply:
    error = {
        "message": "Failed to validate JSON. Please adjust your prompt.",
        "type": "invalid_request_error",
        "code": "json_validate_failed",
        "failed_generation": written,
    }
    return json_reply({"error": error}, 400)


def _error(status: int, message: str, code: str, retry_after: str = "") -> Reply:
    headers = {"retry-after": retry_after} if retry_after else {}
    error = {"message": message, "type": "invalid_request_error", "code": code}
    return json_reply({"error": error}, status, headers)
