"""Ollama's chat and its list of models."""

from __future__ import annotations

from collections.abc import Sequence

from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.model import Model

FAULTS = {
    "hang": Reply(fault="hang"),
    "endless": Reply(b" " * 65536, fault="endless"),
    "cut connection": Reply(b'{"message": {', fault="cut"),
    "not json": Reply(b"<html>A router</html>", headers={"content-type": "text/html"}),
    "server error": json_reply({"error": "llama runner process has terminated"}, 500),
}


class FakeOllama(Loopback):
    """Answers chat after chat by the behaviours given; the last one stays.

    A behaviour is one of the model's or a key of `FAULTS`.
    """

    def __init__(self, *behaviours: str, models: Sequence[str] = ("llama3.2:latest",)) -> None:
        super().__init__()
        self.behaviours = behaviours or ("exact",)
        self.models = models
        self.model = Model()
        self._turn = 0

    @property
    def chats(self) -> list[Request]:
        return [request for request in self.requests if request.path == "/api/chat"]

    def answer(self, request: Request) -> Reply:
        behaviour = self.behaviours[min(self._turn, len(self.behaviours) - 1)]
        if behaviour in FAULTS:
            return FAULTS[behaviour]
        if (request.method, request.path) == ("GET", "/api/tags"):
            return json_reply({"models": [{"name": name, "size": 1} for name in self.models]})
        if (request.method, request.path) == ("POST", "/api/chat"):
            self._turn += 1
            return self._chat(request, behaviour)
        return json_reply({"error": "not found"}, 404)

    def _chat(self, request: Request, behaviour: str) -> Reply:
        asked = request.json
        if asked["model"] not in self.models:
            return json_reply({"error": f"model '{asked['model']}' not found"}, 404)
        assert asked["stream"] is False
        assert asked["format"]["type"] == "object"
        prompt = "\n".join(message["content"] for message in asked["messages"])
        return json_reply(
            {
                "model": asked["model"],
                "message": {
                    "role": "assistant",
                    "content": self.model.answer(prompt, behaviour),
                },
                "done": True,
                "done_reason": "length" if behaviour == "cut off" else "stop",
                "prompt_eval_count": 400,
                "eval_count": 1800,
            }
        )
