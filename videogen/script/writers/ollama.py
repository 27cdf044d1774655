"""Ollama's chat on the user's own machine: a script against a JSON schema, without a key.

Protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.writers import prompts
from videogen.script.writers.answers import SCHEMA
from videogen.script.writers.bounds import client
from videogen.script.writers.chat import ChatWriter

log = logging.getLogger(__name__)

REACHABLE_SECONDS = 0.3
# A model of seven billion weights on a processor alone writes a scene in some twenty seconds.
LOADING_SECONDS, SECONDS_PER_SCENE = 60.0, 20.0
LETTERS_PER_TOKEN, TOKENS_PER_SCENE = 3, 180
DEFAULT_PORT = 11434


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

    def __init__(self, host: str, model: str, loading_seconds: float = LOADING_SECONDS) -> None:
        self._address = address(host)
        self._model = model
        self._loading_seconds = loading_seconds

    def models(self) -> tuple[str, ...]:
        """Return the models that are there.

        Raises:
            WriterUnavailable: no Ollama answers within 0.3 s.
        """
        with _translated(self._address), client(REACHABLE_SECONDS) as http:
            response = http.get(f"{self._address}/api/tags")
            response.raise_for_status()
            return tuple(model.name for model in _Tags.model_validate_json(response.content).models)

    def complete(self, messages: Sequence[prompts.Message], scene_count: int) -> str:
        """Return the model's answer.

        Raises:
            WriterUnavailable: Ollama or the model is not there, or takes too long.
            ScriptError: it answered with something else.
        """
        model = self._model or self._first_model()
        asked = _body(model, messages, scene_count)
        seconds = self._loading_seconds + SECONDS_PER_SCENE * scene_count
        with _translated(self._address, model), client(seconds) as http:
            response = http.post(f"{self._address}/api/chat", json=asked)
            response.raise_for_status()
            answer = _Answer.model_validate_json(response.content)
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
    url = httpx.URL(host if "://" in host else f"http://{host}")
    if url.host in {"0.0.0.0", "::"}:  # noqa: S104 (servers listen there, clients can't call it)
        url = url.copy_with(host="127.0.0.1")
    if url.port is None and url.scheme == "http":
        url = url.copy_with(port=DEFAULT_PORT)
    return str(url).rstrip("/")


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


@contextmanager
def _translated(address: str, model: str = "") -> Iterator[None]:
    try:
        yield
    except httpx.HTTPStatusError as exc:
        raise _refused(exc.response, address, model) from exc
    except httpx.TimeoutException as exc:
        raise WriterUnavailable(
            "Ollama gave no answer in time",
            where=address,
            cure="Name a smaller model by --model, or choose another --writer.",
        ) from exc
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise WriterUnavailable(
            f"Ollama can't be reached: {exc}",
            where=address,
            cure="Start it by `ollama serve`, check OLLAMA_HOST, or choose another --writer.",
        ) from exc
    except ValidationError as exc:
        raise ScriptError(
            "What answers there is no Ollama", where=address, cure="Check OLLAMA_HOST."
        ) from exc


def _refused(response: httpx.Response, address: str, model: str) -> ScriptError:
    if response.status_code == httpx.codes.NOT_FOUND and model:
        return WriterUnavailable(
            f"Ollama does not have the model {model!r}",
            where=address,
            cure=f"Run: ollama pull {model}",
        )
    return ScriptError(
        f"Ollama failed (HTTP {response.status_code})",
        where=address,
        cure="Look into Ollama's own log, or choose another --writer.",
    )
