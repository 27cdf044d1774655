"""Ollama's chat on the user's own machine: a script against a JSON schema, without a key.

Protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from videogen.errors import ScriptError, WriterUnavailable
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.script.writers import prompts
from videogen.script.writers.answers import SCHEMA
from videogen.script.writers.chat import ChatWriter
from videogen.settings import DEFAULT_PATIENCE

log = logging.getLogger(__name__)

REACHABLE_SECONDS = 0.3
# A model of seven billion weights on a processor alone writes a scene in some twenty seconds.
LOADING_SECONDS, SECONDS_PER_SCENE = 60.0, 20.0
LETTERS_PER_TOKEN, TOKENS_PER_SCENE = 3, 180
DEFAULT_PORT = 11434
_ERRORS = ErrorTranslation(
    unreachable=WriterUnavailable,
    unusable=ScriptError,
    busy=WriterUnavailable,
    opening="Ollama can't be used: ",
    cure="Start it by `ollama serve`, check OLLAMA_HOST, name a smaller model by --model, or choose "
    "another --writer.",
    busy_cure="Come back at {back}, set VIDEOGEN_PATIENCE to wait longer, or choose another "
    "--writer.",
)


class _Message(BaseModel):
    content: str = ""


class _Answer(BaseModel):
    message: _Message
    done_reason: str = ""
    prompt_eval_count: int = 0
    eval_count: int = 0


class _Model(BaseModel):
    name: str


class _Tags(BaseModel):
    models: tuple[_Model, ...] = ()


class OllamaWriter(ChatWriter):
    """Writes and revises by a model that the user's Ollama has, its first where none is named."""

    name = "ollama"

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

    def models(self) -> tuple[str, ...]:
        """Return the models that are there.

        Raises:
            WriterUnavailable: no Ollama answers within 0.3 s.
        """
        with Client(
            self._address, _ERRORS, seconds=REACHABLE_SECONDS, patience=0.0, tries=1
        ) as client:
            return tuple(model.name for model in client.ask("/api/tags", {}, _Tags).models)

    def complete(self, messages: Sequence[prompts.Message], scene_count: int) -> str:
        """Return the model's answer.

        Raises:
            WriterUnavailable: Ollama or the model is not there, or takes too long.
            ScriptError: it answered with something else.
        """
        model = self._model or self._first_model()
        asked = _body(model, messages, scene_count)
        seconds = self._loading_seconds + SECONDS_PER_SCENE * scene_count
        errors = replace(_ERRORS, statuses={404: _unknown(model)})
        with Client(self._address, errors, seconds=seconds, patience=self._patience) as client:
            answer = client.post("/api/chat", asked, _Answer)
        tokens = (answer.prompt_eval_count, answer.eval_count)
        log.info("Ollama %s: %d tokens in, %d out", model, *tokens)
        if answer.done_reason == "length":
            log.warning("%s stopped at its longest answer; the rest is missing", model)
        return answer.message.content

    def _first_model(self) -> str:
        models = self.models()
        if not models:
            raise WriterUnavailable(
                "Ollama has no model yet", where=self._address, cure="Run: ollama pull llama3.2"
            )
        return models[0]


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


def _body(model: str, messages: Sequence[prompts.Message], scene_count: int) -> dict[str, Any]:
    asked = sum(len(message.content) for message in messages) // LETTERS_PER_TOKEN
    # Its usual context of some thousand tokens would cut a longer script off without a word.
    context = 2 ** math.ceil(math.log2(asked + TOKENS_PER_SCENE * scene_count + 1024))
    return {
        "model": model,
        "messages": [{"role": one.role, "content": one.content} for one in messages],
        "stream": False,
        "format": SCHEMA,
        "options": {"num_ctx": context, "num_predict": -1},
    }


def _unknown(model: str) -> Meaning:
    return Meaning(
        WriterUnavailable,
        f"Ollama does not have the model {model!r}",
        f"Run: ollama pull {model}",
    )
