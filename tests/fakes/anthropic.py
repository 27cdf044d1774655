"""Anthropic's messages and list of models, as far as a writer needs them.

From the service's reference: `x-api-key` and `anthropic-version` are required, so are `max_tokens`;
a forced tool answers by a `tool_use` block whose `input` keeps to its schema; a full answer ends by
`max_tokens`; a busy service says 529 `overloaded_error`; models are listed newest first.
"""

from __future__ import annotations

import json
from typing import Any

from fakes.groq import LETTERS_PER_TOKEN
from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.model import Model

KEY = "sk-ant-test-0123456789"
MODELS = ("claude-opus-5", "claude-sonnet-5", "claude-haiku-5", "claude-sonnet-4-6")


class FakeAnthropic(Loopback):
    """Answers message after message by the behaviours given; the last one stays.

    A behaviour is one of the model's, `overloaded`, `refusal`, `prose`, `no temperature` or
    `always thinking`.
    """

    def __init__(self, *behaviours: str) -> None:
        super().__init__()
        self.behaviours = behaviours or ("exact",)
        self.model = Model()
        self._turn = 0

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [one.json for one in self.requests if one.path == "/v1/messages"]

    def answer(self, request: Request) -> Reply:
        if request.headers.get("x-api-key") != KEY:
            return _error(401, "authentication_error", "invalid x-api-key")
        if request.headers.get("anthropic-version") != "2023-06-01":
            return _error(400, "invalid_request_error", "anthropic-version: header is required")
        match request.method, request.path:
            case "GET", "/v1/models":
                listed = [{"type": "model", "id": name} for name in MODELS]
                return json_reply({"data": listed, "has_more": False})
            case "POST", "/v1/messages":
                return self._message(request.json)
        return _error(404, "not_found_error", "Not found")

    def _message(self, asked: dict[str, Any]) -> Reply:
        behaviour = self.behaviours[min(self._turn, len(self.behaviours) - 1)]
        if told := _unwanted(asked, behaviour):
            return _error(400, "invalid_request_error", told)
        self._turn += 1
        if asked["model"] not in MODELS:
            return _error(404, "not_found_error", f"model: {asked['model']}")
        if behaviour == "overloaded":
            return _error(529, "overloaded_error", "Overloaded")
        if behaviour == "refusal":
            return _reply([{"type": "text", "text": "I can't help with that."}], "refusal")
        prompt = "\n".join([asked["system"], *(one["content"] for one in asked["messages"])])
        written = self.model.answer(prompt, behaviour)
        if behaviour == "prose":
            return _reply([{"type": "text", "text": written}], "end_turn")
        (tool,) = asked["tools"]
        if behaviour != "always thinking":
            assert asked["tool_choice"] == {"type": "tool", "name": tool["name"]}
        assert tool["input_schema"]["type"] == "object"
        given = json.loads(written)
        is_full = len(written) > asked["max_tokens"] * LETTERS_PER_TOKEN
        if is_full:
            share = asked["max_tokens"] * LETTERS_PER_TOKEN / len(written)
            given["scenes"] = given["scenes"][: int(len(given["scenes"]) * share)]
        block = {"type": "tool_use", "id": "toolu_1", "name": tool["name"], "input": given}
        return _reply([block], "max_tokens" if is_full else "tool_use")


def _unwanted(asked: dict[str, Any], behaviour: str) -> str:
    if behaviour == "no temperature" and "temperature" in asked:
        return "`temperature` is deprecated for this model."
    if behaviour == "always thinking" and "tool_choice" in asked:
        return "Thinking may not be enabled when tool_choice forces tool use."
    return ""


def _reply(content: list[dict[str, Any]], reason: str) -> Reply:
    usage = {"input_tokens": 700, "output_tokens": 1400}
    return json_reply(
        {"type": "message", "role": "assistant", "content": content, "stop_reason": reason}
        | {"usage": usage}
    )


def _error(status: int, kind: str, message: str) -> Reply:
    return json_reply({"type": "error", "error": {"type": kind, "message": message}}, status)
