from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakes.footage import candidate
from fakes.scenes import shown

from videogen.assembly.credits import credits_text
from videogen.domain import Card, Clip, Credit, MediaFile

FILM = MediaFile(Path("film.mp4"), "video")


def clip(name: str, media: MediaFile | Card = FILM) -> Clip:
    return Clip(candidate(name, name.title()), media, start=0.0, offset=0.0, duration=5.0)


def test_every_clip_is_listed_once_with_its_scenes() -> None:
    scenes = [
        shown(1, clip("ship"), clip("sea"), clip("ship")),
        shown(2, clip("ship")),
    ]
    assert credits_text("Navies", [], scenes) == (
        "Navies\n\n"
        "Footage\n"
        "- Ship. A. Photographer. Public domain. https://example.org/ship (scenes 1, 2)\n"
        "- Sea. A. Photographer. Public domain. https://example.org/sea (scene 1)\n"
    )


def test_the_words_are_credited_and_cards_are_not() -> None:
    words = [Credit("Navy", "Wikipedia\nauthors", "CC BY-SA 4.0", "https://example.org/wiki")]
    scenes = [shown(1, clip("card", Card("Navy", 1)))]
    assert credits_text("Navies", words, scenes) == (
        "Navies\n\nText\n- Navy. Wikipedia authors. CC BY-SA 4.0. https://example.org/wiki\n"
    )


def test_a_service_s_own_line_stands_as_it_is_with_page_and_licence() -> None:
    ship = clip("ship")
    wanted = replace(
        ship.candidate,
        attribution="Ship by Jane Doe, CC BY 4.0, via Wikimedia Commons",
        license_url="https://creativecommons.org/licenses/by/4.0/",
    )
    text = credits_text("Navies", [], [shown(1, replace(ship, candidate=wanted))])
    assert text.splitlines()[3] == (
        "- Ship by Jane Doe, CC BY 4.0, via Wikimedia Commons. https://example.org/ship."
        " https://creativecommons.org/licenses/by/4.0/ (scene 1)"
    )
