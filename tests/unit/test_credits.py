from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakes.footage import candidate
from fakes.scenes import shown

from videogen.assembly.credits import closing_lines, credits_text
from videogen.domain.footage import OWN_FILE, Card, Clip, MediaFile
from videogen.domain.script import Credit, Script
from videogen.voiceover.engines.catalogue import language_of, voice_hashes

FILM = MediaFile(Path("film.mp4"), "video")


def clip(name: str, media: MediaFile | Card = FILM) -> Clip:
    return Clip(candidate(name, name.title()), media, start=0.0, offset=0.0, duration=5.0)


def test_every_clip_is_listed_once_with_its_scenes() -> None:
    scenes = [
        shown(1, clip("ship"), clip("sea"), clip("ship")),
        shown(2, clip("ship")),
    ]
    assert credits_text("Navies", [], scenes, "en-us") == (
        "Navies\n\n"
        "Footage\n"
        "- Ship. A. Photographer. Public domain. https://example.org/ship (scenes 1, 2)\n"
        "- Sea. A. Photographer. Public domain. https://example.org/sea (scene 1)\n"
    )


def test_the_words_are_credited_and_cards_are_not() -> None:
    words = [Credit("Navy", "Wikipedia\nauthors", "CC BY-SA 4.0", "https://example.org/wiki")]
    scenes = [shown(1, clip("card", Card("Navy", 1)))]
    assert credits_text("Navies", words, scenes, "en-gb") == (
        "Navies\n\nText\n- Navy. Wikipedia authors. CC BY-SA 4.0. https://example.org/wiki\n"
    )


def test_a_service_s_own_line_stands_as_it_is_with_page_and_licence() -> None:
    ship = clip("ship")
    wanted = replace(
        ship.candidate,
        attribution="Ship by Jane Doe, CC BY 4.0, via Wikimedia Commons",
        license_url="https://creativecommons.org/licenses/by/4.0/",
    )
    text = credits_text("Navies", [], [shown(1, replace(ship, candidate=wanted))], "en-us")
    assert text.splitlines()[3] == (
        "- Ship by Jane Doe, CC BY 4.0, via Wikimedia Commons. https://example.org/ship."
        " https://creativecommons.org/licenses/by/4.0/ (scene 1)"
    )


def test_the_closing_names_every_maker_once_a_line_for_each_collection() -> None:
    def by(maker: str, terms: str, source: str) -> Clip:
        made = clip("ship")
        found = replace(made.candidate, credit=maker, license=terms, source=source)
        return replace(made, candidate=found)

    scenes = [
        shown(
            1,
            by("Jane Doe", "CC BY 4.0", "commons"),
            by("Ann", "CC0", "local"),
            by("Eve", OWN_FILE, "local"),
        ),
        shown(2, by("Jane Doe", "CC BY 4.0", "commons"), by("Bob", "CC BY 3.0", "commons")),
        shown(3, by("", "", "local"), clip("card", Card("Navy", 1))),
    ]
    script = Script("Mareas", (), "file", credits=(Credit("Marea", "Wikipedia", "CC BY-SA", ""),))

    assert closing_lines(script, scenes, "es") == (
        "Imágenes: Wikimedia Commons – Jane Doe (CC BY 4.0), Bob (CC BY 3.0)",
        "Imágenes: Ann (CC0), Eve",
        "Texto: Marea – Wikipedia (CC BY-SA)",
    )


def test_nobody_is_thanked_where_nobody_asks_for_credit() -> None:
    script = Script("Navies", (), "file")

    assert closing_lines(script, [shown(1, clip("card", Card("Navy", 1)))], "en-us") == ()


def test_credits_are_in_every_language_that_is_spoken() -> None:
    words = [Credit("Navy", "Wikipedia", "CC BY-SA 4.0", "")]
    languages = sorted({language_of(voice).code for voice in voice_hashes()})

    texts = [credits_text("Navies", words, [shown(1, clip("a"))], one) for one in languages]

    assert len(languages) == 9
    assert len(set(texts)) == 8  # American and British English say the same
