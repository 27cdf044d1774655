"""Every service that speaks OpenAI's chat completions, on the network or on the user's machine.

Protocol: https://platform.openai.com/docs/api-reference/chat; what others do differently is learned
from their refusals and kept for the run: DeepSeek, Gemini, OpenRouter, LM Studio, llama.cpp, vLLM.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from videogen.errors import WriterUnavailable
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.provider import Variable
from videogen.script.writers.chat import chat_provider, key_is_set
from videogen.script.writers.completions import (
    NOT_TAKEN,
    Models,
    answer_of,
    body_of,
    judged,
    most_tokens,
)
from videogen.script.writers.provider import Assignment
from videogen.script.writers.refusals import Refusal, key_and_model, model_errors
from videogen.script.writers.service import Answer, Question, ResponseFormat

KEY = Variable(
    "OPENAI_API_KEY",
    "scripts by OpenAI's models, or those of a service that speaks as it does",
    had_at="https://platform.openai.com/api-keys",
)
ADDRESS = Variable(
    "OPENAI_BASE_URL",
    "another service that speaks as OpenAI's, such as LM Studio at `http://localhost:1234/v1` without a "
    "key",
    "https://api.openai.com/v1",
)


log = logging.getLogger(__name__)

DEFAULT_MODEL = "gpt-5-mini"
SECONDS_PER_SCENE = 4.0
# A local server may have to load its model first.
LOADING_SECONDS = 120.0
# OpenAI's own name for the limit, and the older one that most others know.
_LIMITS = ("max_completion_tokens", "max_tokens")


class OpenAIChat:
    """A model at an endpoint that speaks as OpenAI's does; the key may be empty for local ones.

    `patience` and `loading_seconds` are seconds: all waiting at rate limits for one request, and for
    one answer before what its length adds.
    """

    name = "openai"
    response_formats: tuple[ResponseFormat, ...] = ("schema", "object", "text")
    prices = None

    def __init__(
        self,
        api_key: str,
        base_url: str,
        model: str,
        patience: float,
        loading_seconds: float = LOADING_SECONDS,
    ) -> None:
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._base_url = base_url
        self._model = model
        self._patience = patience
        self._loading_seconds = loading_seconds
        self._limit = _LIMITS[0 if is_openai(base_url) else 1]
        self._unwanted: set[str] = set()

    @property
    def model(self) -> str:
        """The model that was named, OpenAI's usual one, or the only one that the endpoint has.

        Raises:
            WriterUnavailable: there are several or none, and none was named.
        """
        if not self._model:
            self._model = DEFAULT_MODEL if is_openai(self._base_url) else self._only()
        return self._model

    def models(self) -> Sequence[str]:
        """Return the models that the endpoint has."""
        with self._client(_errors(""), self._loading_seconds) as client:
            return client.ask("/models", {}, Models).names

    def ask(self, question: Question) -> Answer:
        """Return the model's answer; what it does not take of a request is left out from then on."""
        errors = _errors(self.model)
        seconds = self._loading_seconds + SECONDS_PER_SCENE * question.scene_count
        with self._client(errors, seconds) as client:
            while True:
                body = self._body(question)
                reply = client.exchange("/chat/completions", body)
                if reply.is_success:
                    return answer_of(reply.content, errors)
                if not self._learns(Refusal.of(reply), body):
                    return judged(reply, errors)

    def _body(self, question: Question) -> dict[str, Any]:
        thinks = self.model.startswith(("gpt-5", "o1", "o3", "o4"))
        more = {"reasoning_effort": "low"} if thinks else {}
        body = body_of(self.model, question, self._limit, **more)
        return {name: value for name, value in body.items() if name not in self._unwanted}

    def _learns(self, refusal: Refusal, body: dict[str, Any]) -> bool:
        """Tell whether the refusal names something that can be left out or named otherwise."""
        is_size = refusal.code == "context_length_exceeded" or most_tokens(refusal)
        if refusal.status not in NOT_TAKEN or is_size:
            return False
        told = {refusal.parameter} | set(
            refusal.message.replace("'", " ").replace("`", " ").split()
        )
        if self._limit in told and self._limit == _LIMITS[1]:
            self._limit = _LIMITS[0]
            return True
        found = {"temperature", "reasoning_effort", self._limit} & told & set(body)
        if found:
            log.info("%s takes no %s", self.model, ", ".join(sorted(found)))
        self._unwanted |= found
        return bool(found)

    def _only(self) -> str:
        names = [name for name in self.models() if "embed" not in name.lower()]
        if len(names) != 1:
            has = ", ".join(names[:5]) or "none"
            raise WriterUnavailable(
                f"The service has several models, or none: {has}",
                where=self._base_url,
                cure="Name one by --model.",
            )
        return names[0]

    def _client(self, errors: ErrorTranslation, seconds: float) -> Client:
        return Client(
            self._base_url, errors, seconds=seconds, patience=self._patience, headers=self._headers
        )


def _errors(model: str) -> ErrorTranslation:
    unknown = Meaning(
        WriterUnavailable,
        f"The service does not have the model {model!r}, or OPENAI_BASE_URL is not its address",
        "Name a model by --model; the address mostly ends in /v1.",
    )
    return model_errors(
        "The openai writer can't be used: ",
        "Check the network and OPENAI_BASE_URL, or choose another --model or --writer.",
        key_and_model("The service", KEY, unknown),
    )


def is_openai(base_url: str) -> bool:
    """Tell whether an address is OpenAI's own, not that of another who speaks like it."""
    return base_url.rstrip("/") == ADDRESS.default


def _service(task: Assignment) -> OpenAIChat:
    settings = task.settings
    address = settings.value_of(ADDRESS)
    needs_key = settings.value_of(KEY).strip() or is_openai(address)
    return OpenAIChat(task.key(KEY) if needs_key else "", address, task.model, settings.patience)


def _set_up(task: Assignment) -> str:
    if reason := key_is_set(KEY, task):
        return reason
    address = task.settings.value_of(ADDRESS)
    return "" if is_openai(address) else f"{ADDRESS.name} is set"


PROVIDER = chat_provider(
    _service,
    key=KEY,
    address=ADDRESS,
    set_up=_set_up,
    needs="`OPENAI_API_KEY` ([here](https://platform.openai.com/api-keys)), or `OPENAI_BASE_URL` of any "
    "service or local server that speaks as OpenAI's",
    gives="the same; `--model` names the model",
)
