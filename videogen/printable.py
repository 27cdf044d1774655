"""Text as it may reach a terminal or a file of text: no control codes, no key of the user's."""

from __future__ import annotations

import re

# Codes of terminals (C0, C1), what turns the direction of a line, and halves of letters; a line's end
# and a tab are text. The form is JSON's own, so that JSON stays what it is.
_CONTROL = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Shorter words than any key would be found in ordinary text.
_SHORTEST_KEY = 8
_MASK = "•••"

_keys: set[str] = set()


def hide(*keys: str) -> None:
    """Mask keys from now on, wherever a service echoes them."""
    _keys.update(key for key in keys if len(key) >= _SHORTEST_KEY)


def masked(text: str) -> str:
    """Return a text without the user's keys."""
    for key in _keys:
        text = text.replace(key, _MASK)
    return text


def printable(text: str) -> str:
    """Return a text in which control codes are shown instead of obeyed, and keys are masked."""
    lines = masked(text).replace("\r\n", "\n")
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", lines)
