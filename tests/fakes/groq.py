"""Groq's chat completions as far as a writer needs them, with every refusal it is known for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.model import Model

KEY = "gsk_test_0123456789"
REFUSALS = {
    "unauthorised": (401, "Invalid API Key", "invalid_api_key"),
    "too large": (413, "Request too large for model: tokens per minute", "rate_limit_exceeded"),
    "server error": (500, "Internal server error", "internal_server_error"),
}
FAULTS = {
    "hang": Reply(fault="hang"),
    "endless": Reply(b" " * 65536, fault="endless"),
    "cut connection": Reply(b'{"choices": [', fault="cut"),
    "not json": Reply(b"<html>Hotel network</html>", headers={"content-type": "text/html"}),
}
LIMITS = {
    "x-ratelimit-limit-requests": "1000",
    "x-ratelimit-remaining-requests": "999",
    "x-ratelimit-reset-requests": "1m26.4s",
    "x-ratelimit-limit-tokens": "8000",
    "x-ratelimit-remaining-tokens": "4000",
    "x-ratelimit-reset-tokens": "30s",
}


class FakeGroq(Loopback):
    """Answers request after request by the behaviours given; the last one stays.

    A behaviour is one of the model's, a key of `REFUSALS` or `FAULTS`, `rate limited`, `no schema`
    or `no choices`.
    """

    def __init__(self, *behaviours: str, retry_after: str = "0.05") -> None:
        super().__init__()
        self.behaviours: Sequence[str] = behaviours or ("exact",)
        self.retry_after = retry_after
        self.model = Model()
        self._turn = 0

    @property
    def formats(self) -> list[str]:
        return [request.json["response_format"]["type"] for request in self.requests]

    def answer(self, request: Request) -> Reply:
        behaviour = self.behaviours[min(self._turn, len(self.behaviours) - 1)]
        self._turn += 1
        return _refusal(request, behaviour, self.retry_after) or self._completed(request, behaviour)

    def _completed(self, request: Request, behaviour: str) -> Reply:
        asked = request.json
        prompt = "\n".join(message["content"] for message in asked["messages"])
        if asked["response_format"]["type"] == "json_object" and "JSON" not in prompt:
            return _error(400, "'messages' must contain the word 'json'", "invalid_request_error")
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": self.model.answer(prompt, behaviour)},
            "finish_reason": "length" if behaviour == "cut off" else "stop",
        }
        return json_reply(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1780000000,
                "model": asked["model"],
                "choices": [] if behaviour == "no choices" else [choice],
                "usage": {"prompt_tokens": 500, "completion_tokens": 2000, "total_tokens": 2500},
            },
            headers=LIMITS,
        )


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
    wanted = asked["response_format"]
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


def _error(status: int, message: str, code: str, retry_after: str = "") -> Reply:
    headers = {"retry-after": retry_after} if retry_after else {}
    error = {"message": message, "type": "invalid_request_error", "code": code}
    return json_reply({"error": error}, status, headers)
