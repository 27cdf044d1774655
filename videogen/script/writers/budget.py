"""How many tokens a script may take, and how many scenes one question may ask for."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.domain.script import Brief
from videogen.script.writers.service import Message, Question

# Generous, since what is not used costs nothing, and what is missing costs another request.
TOKENS_PER_WORD = 1.5
# Letters without spaces count as words here; Devanagari takes several tokens a word.
_DENSE = {"zh": 1.2, "ja": 1.2, "hi": 4.0}
TOKENS_PER_SCENE = 100  # names of fields, title, keywords and queries
TOKENS_PER_OUTLINE = 14
REASONING_TOKENS = 1000
LETTERS_PER_TOKEN = 3  # of a question; English has four, others less


def answer_tokens(brief: Brief, scenes: int, words: int, outlined: int = 0) -> int:
    """Return the tokens that so many words in so many scenes may take, hidden reasoning included."""
    each = _DENSE.get(brief.language, TOKENS_PER_WORD)
    told = round(words * each) + TOKENS_PER_SCENE * scenes + TOKENS_PER_OUTLINE * outlined
    return told + REASONING_TOKENS


def question_tokens(messages: Sequence[Message]) -> int:
    """Return about how many tokens the messages are."""
    return sum(len(message.content) for message in messages) // LETTERS_PER_TOKEN


def admitted(question: Question) -> int:
    """Return what a service counts that admits a question with all that it may be answered."""
    return question_tokens(question.messages) + question.tokens
