"""Chat completions as OpenAI and those who speak like it answer them, each with its own refusals.

From OpenAI's reference, DeepSeek's documents, and reports of users of LM Studio: OpenAI's reasoning
models take `max_completion_tokens` and no temperature; DeepSeek takes `max_tokens` and no JSON
schema, and writes 4,096 tokens where none are named; LM Studio knows a schema or plain text, and its
errors are bare text; local servers ask for no key.
"""

from __future__ import annotations

from typing import Any, Literal

from fakes.groq import capped
from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.model import Model

KEY = "sk-test-0123456789"
MOST_TOKENS = 16_384  # of gpt-4o's answer
Dialect = Literal["openai", "deepseek", "lm studio"]
MODELS = {
    "openai": ["gpt-5-mini", "gpt-4o"],
    "deepseek": ["deepseek-chat", "deepseek-reasoner"],
    "lm studio": ["text-embedding-nomic-embed-text-v1.5", "qwen3-8b"],
}


class FakeOpenAI(Loopback):
    """Answers chat after chat by the behaviours given; the last one stays.

    A behaviour is one of the model's, `server error` or `not json`; `dialect` is whose refusals it
    knows.
    """

    def __init__(self, *behaviours: str, dialect: Dialect = "openai") -> None:
        super().__init__()
        self.behaviours = behaviours or ("exact",)
        self.model = Model()
        self._dialect = dialect
        self._turn = 0

    @property
    def base(self) -> str:
        return f"{self.url}/v1"

    @property
    def chats(self) -> list[dict[str, Any]]:
        return [one.json for one in self.requests if one.path == "/v1/chat/completions"]

    def answer(self, request: Request) -> Reply:
        wanted = "" if self._dialect == "lm studio" else f"Bearer {KEY}"
        if wanted and request.headers.get("authorization") != wanted:
            return _error(401, "Incorrect API key provided", "invalid_api_key")
        match request.method, request.path:
            case "GET", "/v1/models":
                listed = [{"id": name, "object": "model"} for name in MODELS[self._dialect]]
                return json_reply({"object": "list", "data": listed})
            case "POST", "/v1/chat/completions":
                return self._refusal(request.json) or self._chat(request.json)
        return json_reply({"error": {"message": "Not found"}}, 404)

    def _refusal(self, asked: dict[str, Any]) -> Reply | None:
        if asked["model"] not in MODELS[self._dialect]:
            message = f"The model `{asked['model']}` does not exist"
            return _error(404, message, "model_not_found")
        kind = asked.get("response_format", {}).get("type", "text")
        if self._dialect == "deepseek" and kind == "json_schema":
            message = "This response_format type is unavailable now"
            return _error(400, message, "invalid_request_error")
        if self._dialect == "lm studio" and kind == "json_object":
            told = "'response_format.type' must be 'json_schema' or 'text'"
            return json_reply({"error": told}, 400)
        return _openai_refusal(asked) if self._dialect == "openai" else None

    def _chat(self, asked: dict[str, Any]) -> Reply:
        behaviour = self.behaviours[min(self._turn, len(self.behaviours) - 1)]
        self._turn += 1
        if behaviour == "server error":
            return _error(500, "The server had an error", "server_error")
        if behaviour == "not json":
            return Reply(b"<html>A portal</html>", headers={"content-type": "text/html"})
        prompt = "\n".join(message["content"] for message in asked["messages"])
        limits = {
            "max_completion_tokens": asked.get("max_tokens")
            or asked.get("max_completion_tokens")
            or 4096
        }
        written, is_cut = capped(self.model.answer(prompt, behaviour), asked | limits)
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": written},
            "finish_reason": "length" if is_cut else "stop",
        }
        usage = {"prompt_tokens": 600, "completion_tokens": 1500, "total_tokens": 2100}
        return json_reply({"id": "chatcmpl-2", "choices": [choice], "usage": usage})


def _openai_refusal(asked: dict[str, Any]) -> Reply | None:
    reasons = asked["model"].startswith("gpt-5")
    if reasons and "max_tokens" in asked:
        message = "Unsupported parameter: 'max_tokens' is not supported with this model."
        return _error(400, message, "unsupported_parameter", "max_tokens")
    if reasons and asked.get("temperature", 1) != 1:
        message = "Unsupported value: 'temperature' does not support 0.7 with this model."
        return _error(400, message, "unsupported_value", "temperature")
    wanted = asked.get("max_completion_tokens") or asked.get("max_tokens") or 0
    if not reasons and wanted > MOST_TOKENS:
        message = (
            f"max_tokens is too large: {wanted}. This model supports at most {MOST_TOKENS} completion "
            f"tokens, whereas you provided {wanted}."
        )
        return _error(400, message, "", "max_tokens")
    if not reasons and "reasoning_effort" in asked:
        message = "Unrecognized request argument supplied: reasoning_effort"
        return _error(400, message, "", "")
    return None


def _error(status: int, message: str, code: str, param: str = "") -> Reply:
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return json_reply({"error": error}, status)
