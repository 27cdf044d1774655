"""What a language model would be asked, and what that would cost."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.domain.script import Brief
from videogen.script.writers import prompts
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.budget import REASONING_TOKENS, answer_tokens, question_tokens
from videogen.script.writers.chat import ChatWriter

# One for the whole, one for the scenes that came out too long or too short: about a third of them.
_REQUESTS = 2
_MENDED = 1 / 3
_A_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Asking:
    """Requests to a model and their tokens, without hidden reasoning; dollars where prices are known."""

    model: str
    requests: int
    tokens_in: int
    tokens_out: int
    dollars: float | None


def asking(writer: ScriptWriter, brief: Brief) -> Asking | None:
    """Return what a writer would ask of a model; None where it asks none."""
    if not isinstance(writer, ChatWriter):
        return None
    count = brief.scene_count
    asked = question_tokens(prompts.request(brief, range(1, count + 1), (), ()))
    answered = answer_tokens(brief, count, count * brief.words_per_scene) - REASONING_TOKENS
    tokens_in = round(asked + (asked + answered) * _MENDED)
    tokens_out = round(answered * (1 + _MENDED))
    dollars = None
    if writer.prices:
        dollars = (tokens_in * writer.prices[0] + tokens_out * writer.prices[1]) / _A_MILLION
    return Asking(writer.model, _REQUESTS, tokens_in, tokens_out, dollars)
