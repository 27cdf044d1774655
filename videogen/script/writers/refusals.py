"""What services with a language model say against a request, and which of our errors that becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self

from pydantic_core import from_json

from videogen.errors import ScriptError, WriterUnavailable
from videogen.http.client import Reply
from videogen.http.errors import ErrorTranslation, Meaning
from videogen.provider import Variable


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a service says against a request; all but the status may be empty."""

    status: int
    message: str
    code: str
    parameter: str
    failed: str

    @classmethod
    def of(cls, reply: Reply) -> Self:
        """Read a refusal, in each of the forms that services give it."""
        try:
            body = from_json(reply.content)
        except ValueError:
            body = None
        if isinstance(body, list) and body:
            body = body[0]
        told = body.get("error", body) if isinstance(body, dict) else {}
        fields = told if isinstance(told, dict) else {"message": told}
        texts = (fields.get(name) for name in ("message", "code", "param", "failed_generation"))
        return cls(reply.status, *(one if isinstance(one, str) else "" for one in texts))


def model_errors(
    opening: str, cure: str, statuses: Mapping[int, Meaning] | None = None
) -> ErrorTranslation:
    """Return what the faults of a model's service mean; one that can't be had leaves the others."""
    return ErrorTranslation(
        unreachable=WriterUnavailable,
        unusable=ScriptError,
        busy=WriterUnavailable,
        opening=opening,
        cure=cure,
        busy_cure="Come back at {back}, set VIDEOGEN_PATIENCE to wait longer, or choose another "
        "--writer.",
        statuses=statuses or {},
    )


def key_and_model(service: str, key: Variable, model: Meaning) -> Mapping[int, Meaning]:
    """Return what it means that a service takes no key, or has no such model."""
    refused = Meaning(
        WriterUnavailable,
        f"{service} refused the key or its rights",
        "Choose another --writer, or set another key",
        key.setting,
    )
    return {
        HTTPStatus.UNAUTHORIZED: refused,
        HTTPStatus.FORBIDDEN: refused,
        HTTPStatus.NOT_FOUND: model,
    }
