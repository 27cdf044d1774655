"""What a script wants on screen, over footage."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from fakes.scenes import paced

from videogen.assembly.callouts import called_out
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.assembly.titles import titled
from videogen.domain.footage import Card, MediaFile, ShownScene
from videogen.domain.script import Scene
from videogen.domain.speech import VoicedScene, Word

RATE = Fraction(30)
FILM = MediaFile(Path("film.mp4"), "video")
CARD = Card("A", 1)
WORDS = "Corals grow slowly . It can rise 16 meters there .".split()


def called(
    *sources: MediaFile | Card, on_screen: str = "16 meters", size: tuple[int, int] = (1920, 1080)
) -> Timeline:
    """The cut of a scene of a word a second, its time shared by its shots."""
    words = tuple(Word(word, float(at), at + 0.9) for at, word in enumerate(WORDS))
    scene = Scene(1, " ".join(WORDS), on_screen=on_screen)
    file = Path("1.flac")
    voiced = VoicedScene(
        replace(paced(1, scene.text, 11.0), scene=scene), file, file, float(len(words)), words
    )
    frames = 330 // len(sources)
    shots = tuple(Shot(source, frames, 0, 0) for source in sources)
    timed = TimedScene(1, "", file, shots)
    plain = Timeline(RATE, *size, (timed, TimedScene(2, "", file, (Shot(FILM, 1800, 0, 0),))))
    second = ShownScene(replace(voiced, paced=paced(2)), ())
    return called_out(plain, [ShownScene(voiced, ()), second])


def test_what_is_wanted_on_screen_comes_in_over_footage_as_it_is_said() -> None:
    (callout,) = called(FILM).scenes[0].inscriptions

    assert (callout.kind, callout.lines) == ("callout", ("16 meters",))
    assert (callout.start, callout.end) == (7 * 30, 7 * 30 + 105)


def test_it_never_stands_on_a_card_and_goes_before_one_comes() -> None:
    assert called(FILM, CARD).scenes[0].inscriptions == ()
    (callout,) = called(CARD, CARD, FILM, FILM, FILM, CARD).scenes[0].inscriptions

    assert callout.end == 275


@pytest.mark.parametrize(
    ("on_screen", "size"),
    [("", (1920, 1080)), ("99 meters", (1920, 1080)), ("16 meters", (1080, 1920))],
)
def test_nothing_is_set_that_nobody_says_and_nothing_in_upright_films(
    on_screen: str, size: tuple[int, int]
) -> None:
    assert all(not one.inscriptions for one in called(FILM, on_screen=on_screen, size=size).scenes)


def test_it_gives_way_to_the_title() -> None:
    (title,) = titled(called(FILM, on_screen="Corals grow"), "Tides").scenes[0].inscriptions

    assert title.kind == "title"
