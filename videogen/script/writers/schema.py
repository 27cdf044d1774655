"""The JSON form of a script that language models are held to."""

from __future__ import annotations

from typing import Any


def _strict_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}

# Strict decoding wants every field required and no other allowed.
SCHEMA = _strict_object(
    {
        "title": _TEXT,
        "thumbnail_text": _TEXT,
        "description": _TEXT,
        "outline": _TEXTS,
        "scenes": {
            "type": "array",
            "items": _strict_object(
                {
                    "scene_number": {"type": "integer"},
                    "title": _TEXT,
                    "text": _TEXT,
                    "on_screen": _TEXT,
                    "visual_keywords": _TEXTS,
                    "search_queries": _TEXTS,
                }
            ),
        },
    }
)
