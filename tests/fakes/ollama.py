"""Ollama's chat, its list of models and what each of them can do.

From the service's documents and source: `/api/tags` lists the newest first, models for embedding
among them; those refuse a chat with 400; thinking is asked for and left out by `think`, which a model
that can't think refuses; one that thinks may send nothing else under a `format`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.model import Model

CHAT, THINKING, EMBEDDING = ("completion",), ("completion", "thinking"), ("embedding",)
FAULTS = {
    "hang": Reply(fault="hang"),
    "endless": Reply(b" " * 65536, fault="endless"),
    "cut connection": Reply(b'{"message": {', fault="cut"),
    "not json": Reply(b"<html>A router</html>", headers={"content-type": "text/html"}),
    "server error": json_reply({"error": "llama runner process has terminated"}, 500),
}


class FakeOllama(Loopback):
    """Answers chat after chat by the behaviours given; the last one stays.

    A behaviour is one of the model's, a key of `FAULTS`, or `mute`: nothing is said under a format.
    `models` have their capabilities; with `is_old` the service does not tell them.
    """

    def __init__(
        self,
        *behaviours: str,
        models: Mapping[str, Sequence[str]] | None = None,
        is_old: bool = False,
    ) -> None:
        super().__init__()
        self.behaviours = behaviours or ("exact",)
        self.models = {"llama3.2:latest": CHAT} if models is None else models
        self.model = Model()
        self._is_old = is_old
        self._turn = 0

    @property
    def chats(self) -> list[Request]:
        return [request for request in self.requests if request.path == "/api/chat"]

    def answer(self, request: Request) -> Reply:
        behaviour = self.behaviours[min(self._turn, len(self.behaviours) - 1)]
        if behaviour in FAULTS:
            return FAULTS[behaviour]
        match request.method, request.path:
            case "GET", "/api/tags":
                return json_reply({"models": [{"name": name, "size": 1} for name in self.models]})
            case "POST", "/api/show":
                return self._shown(request.json["model"])
            case "POST", "/api/chat":
                self._turn += 1
                return self._refusal(request.json) or self._chat(request.json, behaviour)
        return json_reply({"error": "not found"}, 404)

    def _shown(self, name: str) -> Reply:
        if name not in self.models:
            return json_reply({"error": f"model '{name}' not found"}, 404)
        told = {} if self._is_old else {"capabilities": list(self.models[name])}
        return json_reply({"details": {"family": "llama"}} | told)

    def _refusal(self, asked: dict[str, Any]) -> Reply | None:
        name = asked["model"]
        if name not in self.models:
            return json_reply({"error": f"model '{name}' not found"}, 404)
        if "completion" not in self.models[name]:
            return json_reply({"error": f'"{name}" does not support chat'}, 400)
        if "think" in asked and "thinking" not in self.models[name]:
            return json_reply({"error": f'"{name}" does not support thinking'}, 400)
        return None

    def _chat(self, asked: dict[str, Any], behaviour: str) -> Reply:
        assert asked["stream"] is False
        prompt = "\n".join(message["content"] for message in asked["messages"])
        thinks = "thinking" in self.models[asked["model"]] and asked.get("think") is not False
        is_mute = "format" in asked and (behaviour == "mute" or thinks)
        written = "" if is_mute else self.model.answer(prompt, behaviour)
        return json_reply(
            {
                "model": asked["model"],
                "message": {"role": "assistant", "content": written},
                "done": True,
                "done_reason": "length" if behaviour == "cut off" else "stop",
                "prompt_eval_count": 400,
                "eval_count": 1800,
            }
        )
