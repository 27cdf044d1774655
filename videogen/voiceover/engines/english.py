"""English words to phonemes: misaki's reading, put right by a list of ours and by the user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, zip_longest
from typing import Any

from misaki import en, espeak

from videogen.domain.speech import Pronounced
from videogen.language.english import load_english
from videogen.voiceover.engines.pronunciations import english_pronunciations

_SENTENCE_STARTS_AFTER = frozenset(".!?…:;—\"'“”(")
_NOT_FOR_TAGS = ["parser", "attribute_ruler", "lemmatizer", "ner"]
_CERTAIN = 5  # misaki's rating of what a person has written


class _OfflineG2P(en.G2P):  # type: ignore[misc]
    """misaki's English without its download: the tagger comes from an installed package."""

    def __init__(self, own: Mapping[str, str], *, british: bool) -> None:
        self.version = None
        self.british = british
        self.nlp = partial(load_english(), disable=_NOT_FOR_TAGS)
        self.lexicon = en.Lexicon(british)
        self.fallback = espeak.EspeakFallback(british)
        self.unk = ""
        self._own = own
        self._listed = english_pronunciations(british=british)
        # The lexicon's own words are also found with an "s" behind them.
        self.lexicon.golds.update(self._listed)

    def tokenize(self, text: str, tokens: Any, features: Any) -> list[Any]:
        found: list[Any] = super().tokenize(text, tokens, features)
        for token in _letters_named_a(found):
            token.tag = "NN"
        certain = [*_said_together(found, self._listed), *_said_alone(found, self._own)]
        for token, phonemes in certain:
            token.phonemes = phonemes
            token._.rating = _CERTAIN
        for token, following in pairwise(found):
            if token.phonemes and following.text == "'s":
                following.phonemes = _ending(token.phonemes, british=self.british)
                following._.rating = _CERTAIN
        return found


def english(
    pronunciations: Mapping[str, str], *, british: bool
) -> Callable[[str], Sequence[Pronounced]]:
    """Return what turns English into phonemes; the user's own pronunciations go first."""
    g2p = _OfflineG2P(pronunciations, british=british)

    def pronounce(text: str) -> Sequence[Pronounced]:
        _, tokens = g2p(" ".join(text.split()), preprocess=False)
        words: list[Pronounced] = []
        written = phonemes = ""
        for token in tokens:
            written += token.text
            phonemes += token.phonemes or ""
            if token.whitespace:
                words.append(Pronounced(written, phonemes.strip()))
                written = phonemes = ""
        return [*words, Pronounced(written, phonemes.strip())] if written else words

    return pronounce


def _letters_named_a(tokens: Sequence[Any]) -> Iterator[Any]:
    """Yield the capital A that is no article: inside a sentence, or before another letter."""
    starting = True
    for token, following in zip_longest(tokens, tokens[1:]):
        is_initial = following is not None and len(following.text) == 1 and following.text.isupper()
        if token.text == "A" and (is_initial or not starting):
            yield token
        starting = token.text in _SENTENCE_STARTS_AFTER


def _said_alone(
    tokens: Sequence[Any], pronunciations: Mapping[str, str]
) -> Iterator[tuple[Any, str]]:
    for token in tokens:
        own = pronunciations.get(token.text) or pronunciations.get(token.text.lower())
        if own:
            yield token, own


def _said_together(
    tokens: Sequence[Any], pronunciations: Mapping[str, str]
) -> Iterator[tuple[Any, str]]:
    """Yield the tokens of pronunciations of several words, each with its part of the phonemes."""
    texts = [token.text for token in tokens]
    for together, said in pronunciations.items():
        words = together.split()
        for at in range(len(texts) - len(words) + 1) if len(words) > 1 else ():
            if texts[at : at + len(words)] == words:
                yield from zip(tokens[at : at + len(words)], said.split(), strict=True)


def _ending(phonemes: str, *, british: bool) -> str:
    """Return how "'s" sounds behind a word."""
    if phonemes[-1] in "szʃʒʧʤ":
        return "ɪz" if british else "ᵻz"
    return "s" if phonemes[-1] in "ptkfθ" else "z"
