"""Ollama's chat on the user's own machine: a script against a JSON schema, without a key.

Protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from videogen.errors import ScriptError, WriterUnavailable
from videogen.http.client import Client
from videogen.http.errors import Meaning
from videogen.provider import Variable
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.budget import admitted
from videogen.script.writers.chat import ChatWriter, chat_provider
from videogen.script.writers.provider import Assignment
from videogen.script.writers.refusals import Refusal, model_errors
from videogen.script.writers.schema import SCHEMA
from videogen.script.writers.service import (
    TEMPERATURE,
    Answer,
    FormatRefused,
    Question,
    ResponseFormat,
    whole_letters,
)
from videogen.settings import DEFAULT_PATIENCE
from videogen.shell import line

ADDRESS = Variable("OLLAMA_HOST", "where Ollama listens", "http://localhost:11434")


REACHABLE_SECONDS = 0.3
# A model of seven billion weights on a processor alone writes a scene in some twenty seconds.
LOADING_SECONDS, SECONDS_PER_SCENE = 60.0, 20.0
DEFAULT_PORT = 11434
_PULL = line("ollama", "pull", "llama3.2")
_ERRORS = model_errors(
    "Ollama can't be used: ",
    "Start it by `ollama serve`, check OLLAMA_HOST, name a smaller model by --model, or choose "
    "another --writer.",
)


class _Message(BaseModel):
    content: str = ""


class _Chat(BaseModel):
    message: _Message
    done_reason: str = ""
    prompt_eval_count: int = 0
    eval_count: int = 0


class _Model(BaseModel):
    name: str


class _Tags(BaseModel):
    models: tuple[_Model, ...] = ()


class _Shown(BaseModel):
    capabilities: tuple[str, ...] | None = None


class OllamaChat:
    """A model that the user's Ollama has, the newest that can chat where none is named."""

    name = "ollama"
    response_formats: tuple[ResponseFormat, ...] = ("schema", "text")
    prices = None

    def __init__(
        self,
        host: str,
        model: str,
        patience: float = DEFAULT_PATIENCE,
        loading_seconds: float = LOADING_SECONDS,
    ) -> None:
        self._address = address(host)
        self._model = model
        self._patience = patience
        self._loading_seconds = loading_seconds

    @property
    def model(self) -> str:
        """The model that was named, or the newest that can chat.

        Raises:
            WriterUnavailable: no Ollama answers within 0.3 s, or it has no such model.
        """
        if not self._model:
            with self._short_client() as client:
                able = (
                    name for name in _installed(client) if "completion" in _abilities(client, name)
                )
                self._model = next(able, "")
        if not self._model:
            raise WriterUnavailable(
                "Ollama has no model yet that can chat",
                where=self._address,
                command=_PULL,
            )
        return self._model

    def models(self) -> Sequence[str]:
        """Return the models that are pulled, the newest first, also those that can't chat."""
        with self._short_client() as client:
            return _installed(client)

    def ask(self, question: Question) -> Answer:
        """Return the model's answer; FormatRefused where it has none under a format."""
        model = self.model
        errors = replace(_ERRORS, statuses={404: _unknown(model)})
        seconds = self._loading_seconds + SECONDS_PER_SCENE * question.scene_count
        with Client(self._address, errors, seconds=seconds, patience=self._patience) as client:
            thinks = "thinking" in _abilities(client, model)
            reply = client.exchange("/api/chat", _body(model, question, thinks=thinks))
        if not reply.is_success:
            said = Refusal.of(reply).message
            raise errors.of_status(reply.status, reply.url, said)
        try:
            chat = _Chat.model_validate_json(whole_letters(reply.content))
        except ValidationError as exc:
            raise errors.of_nonsense() from exc
        if not chat.message.content.strip() and question.response_format == "schema":
            raise FormatRefused(f"{model} says nothing in a given format")
        return Answer(
            chat.message.content,
            chat.done_reason == "length",
            chat.prompt_eval_count,
            chat.eval_count,
        )

    def _short_client(self) -> Client:
        return Client(self._address, _ERRORS, seconds=REACHABLE_SECONDS, patience=0.0, tries=1)


def address(host: str) -> str:
    """Return the base address for an OLLAMA_HOST, which may lack a scheme or a port."""
    text = (host if "://" in host else f"http://{host}").rstrip("/")
    try:
        parts = urlsplit(text)
        port, name = parts.port, parts.hostname
    except ValueError:
        return text  # what it is not, the client says
    if name in {"0.0.0.0", "::"}:  # noqa: S104 (servers listen there, clients can't call it)
        parts = parts._replace(netloc="127.0.0.1" if port is None else f"127.0.0.1:{port}")
    if port is None and parts.scheme == "http":
        parts = parts._replace(netloc=f"{parts.netloc}:{DEFAULT_PORT}")
    return parts.geturl()


def _installed(client: Client) -> tuple[str, ...]:
    return tuple(one.name for one in client.ask("/api/tags", {}, _Tags).models)


def _abilities(client: Client, model: str) -> tuple[str, ...]:
    """Return what a model can do; older versions don't say, so that its name must tell."""
    told = client.post("/api/show", {"model": model}, _Shown).capabilities
    return ("embedding" if "embed" in model else "completion",) if told is None else told


def _body(model: str, question: Question, *, thinks: bool) -> dict[str, Any]:
    # Its usual context of some thousand tokens would cut a longer script off without a word.
    context = 2 ** math.ceil(math.log2(admitted(question)))
    body: dict[str, Any] = {
        "model": model,
        "messages": question.turns,
        "stream": False,
        "options": {
            "num_ctx": context,
            "num_predict": question.tokens,
            "temperature": TEMPERATURE,
        },
    }
    if thinks:
        body["think"] = False
    return body | {"format": SCHEMA} if question.response_format == "schema" else body


def _unknown(model: str) -> Meaning:
    return Meaning(
        WriterUnavailable,
        f"Ollama does not have the model {model!r}",
        command=line("ollama", "pull", model),
    )


def _service(task: Assignment) -> OllamaChat:
    settings = task.settings
    return OllamaChat(settings.value_of(ADDRESS), task.model, settings.patience)


def _lack(writer: ScriptWriter, _task: Assignment) -> str:
    try:
        is_there = isinstance(writer, ChatWriter) and bool(writer.model)
    except ScriptError:
        is_there = False
    return "" if is_there else "no Ollama with a model"


PROVIDER = chat_provider(
    _service,
    address=ADDRESS,
    otherwise=line("ollama", "serve"),
    first_model=_PULL,
    lack=_lack,
    needs="a local [Ollama](https://ollama.com) with a model",
    gives="the same, without a key",
)
