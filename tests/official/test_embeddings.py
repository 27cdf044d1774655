"""Footage by its meaning: `make test-kokoro` installs the extra with the real model."""

from __future__ import annotations

from fakes.footage import candidate

from videogen.domain import Scene
from videogen.footage.judge import rank
from videogen.footage.sources.base import ShotRequest

REQUEST = ShotRequest(
    Scene(1, "A warship at sea."),
    seconds=6.0,
    shots=1,
    width=1920,
    height=1080,
    phrases=("warship at sea",),
)


def test_a_clip_that_means_the_same_in_other_words_comes_first() -> None:
    cat = candidate("cat", "Cat sleeps on a sofa")
    ship = candidate("ship", "Destroyer sails through the Pacific")

    first, second = rank([cat, ship], "warship at sea", REQUEST, frozenset())

    assert first.candidate == ship
    assert first.relevance > 0.3
    assert first.reasons[0].startswith("means much the same (0.")
    assert (second.relevance, second.reasons[0]) == (0.0, "no word in common")
