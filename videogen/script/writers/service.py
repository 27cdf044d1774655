"""What a service with a language model is asked and what it answers, the same for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from videogen.errors import ScriptError

# Lively, and still the facts.
TEMPERATURE = 0.7
# How an answer is held to the JSON of a script, the strictest first.
ResponseFormat = Literal["schema", "object", "text"]


_ESCAPE = re.compile(
    rb"(?P<whole>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)


def whole_letters(body: bytes) -> bytes:
    """Return JSON without escapes of half a letter: they made a whole answer, paid for, unreadable."""
    return _ESCAPE.sub(lambda found: b"" if found["half"] else found[0], body)


@dataclass(frozen=True, slots=True)
class Message:
    """A turn of a conversation; the role is `system` or `user`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for some scenes; the answer may take `tokens`, hidden reasoning among them."""

    messages: tuple[Message, ...]
    scene_count: int
    tokens: int
    response_format: ResponseFormat = "schema"

    @property
    def turns(self) -> list[dict[str, str]]:
        """The messages as services take them."""
        return [{"role": one.role, "content": one.content} for one in self.messages]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote, whether it was cut off, and its tokens where the service counts them."""

    text: str
    is_cut: bool = False
    tokens_in: int = 0
    tokens_out: int = 0


# Takes what was answered before to such a question, or asks for it and keeps it.
Keep = Callable[[Question, Callable[[], Answer]], Answer]


class FormatRefused(ScriptError):
    """The model can't be held to this format; a looser one may do."""


class QuestionTooLarge(ScriptError):
    """The service takes no question of this size; `limit` is what it takes in tokens, 0 unknown."""

    def __init__(self, what: str, *, limit: int = 0) -> None:
        super().__init__(
            what, cure="Ask for a shorter --duration, or choose another --model or --writer."
        )
        self.limit = limit


class ChatService(Protocol):
    """A language model somewhere."""

    name: str

    @property
    def response_formats(self) -> Sequence[ResponseFormat]:
        """The formats that are worth trying."""
        ...

    @property
    def model(self) -> str:
        """The model that answers.

        Raises:
            WriterUnavailable: there is none.
        """
        ...

    @property
    def prices(self) -> tuple[float, float] | None:
        """Dollars a million tokens, in and out, where they are known."""
        ...

    def models(self) -> Sequence[str]:
        """Return the names of the models that can be asked; costs no token.

        Raises:
            WriterUnavailable: the key is refused, or the service is away or busy.
        """
        ...

    def ask(self, question: Question) -> Answer:
        """Return the model's answer.

        Raises:
            FormatRefused: the model knows no such format.
            QuestionTooLarge: the question and its answer together are more than is admitted.
            WriterUnavailable: the key or the model is refused, or the service is away or busy.
            ScriptError: it answered with something else.
        """
        ...
