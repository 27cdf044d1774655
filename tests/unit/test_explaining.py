"""Which card draws what, when its parts come in, and that none comes twice."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.scenes import paced

from videogen.assembly.cards.explain import explained
from videogen.assembly.timeline import CaptionedScene, Drawing, Shot, Timeline, lay_out
from videogen.domain.footage import Candidate, Card, Clip, MediaFile, ShownScene
from videogen.domain.script import Scene
from videogen.domain.speech import VoicedScene, Word
from videogen.language.statements.content import Idea, parts

RATE = Fraction(30)
SECONDS_A_LETTER = 0.07


def card(identifier: str = "1-1", phrase: str = "A Phrase") -> Clip:
    candidate = Candidate("cards", identifier, phrase, "", "", "")
    return Clip(candidate, Card(phrase, 1), 0.0, 0.0, 60.0)


def film() -> Clip:
    candidate = Candidate("local", "a", "a", "", "", "")
    return Clip(candidate, MediaFile(Path("a.mp4"), "video"), 0.0, 0.0, 60.0)


def shown(number: int, text: str, *clips: Clip, on_screen: str = "") -> ShownScene:
    """Return a scene that is spoken at an even pace."""
    words, at = [], 0.0
    for word in text.split():
        end = at + SECONDS_A_LETTER * (len(word) + 1) + (0.4 if word[-1] in ".!?" else 0)
        words.append(Word(word, round(at, 3), round(end - 0.05, 3)))
        at = end
    master = Path(f"{number}.flac")
    voiced = VoicedScene(paced(number, text, at), master, master, at, tuple(words))
    scene = Scene(number, text, on_screen=on_screen)
    object.__setattr__(voiced.paced, "scene", scene)
    return ShownScene(voiced, clips or (card(),))


def cut(*scenes: ShownScene) -> Timeline:
    laid = lay_out([CaptionedScene(one, "") for one in scenes], RATE, 640, 360)
    return explained(laid, scenes, "en-us")


def drawings(timeline: Timeline) -> list[Drawing]:
    return [shot.source for _, shot in timeline.shots() if isinstance(shot.source, Drawing)]


STORY = (
    "On January 15, 1919, a tank of molasses burst in Boston. The wave moved at 35 mph through the "
    "narrow streets. The region grows rice, tea, cotton and silk."
)


def test_each_sentence_gets_a_card_of_its_own() -> None:
    found = drawings(cut(shown(1, STORY, card(), card("1-2"))))

    assert [one.content.kind for one in found] == ["dates", "number", "list"]


def test_a_scene_keeps_its_length_and_no_crossfade_outlasts_half_a_card() -> None:
    scenes = [shown(1, STORY, card(), film(), card("1-2")), shown(2, STORY, film(), card("2-2"))]
    plain = lay_out([CaptionedScene(one, "") for one in scenes], RATE, 640, 360)

    timeline = cut(*scenes)

    assert [one.frames for one in timeline.scenes] == [one.frames for one in plain.scenes]
    shots: list[Shot] = [shot for _, shot in timeline.shots()]
    assert shots[0].fade == 0
    for before, shot in pairwise(shots):
        assert 0 <= shot.fade <= min(before.frames, shot.frames) // 2


def test_type_does_not_stand_over_type_for_as_long_as_pictures_mix() -> None:
    shots = [shot for _, shot in cut(shown(1, STORY, card(), card("1-2"), film())).shots()]

    fades = {(before.is_drawn, shot.is_drawn): shot.fade for before, shot in pairwise(shots)}
    assert fades[True, True] == 8
    assert fades[True, False] == 15


def test_parts_come_in_when_their_words_are_said() -> None:
    timeline = cut(shown(1, STORY, card(), card("1-2")))
    at = {shot.texts[0]: start / 30 for start, shot in timeline.shots() if shot.texts}
    words = shown(1, STORY).voiced.words

    (listed,) = [one for one in drawings(timeline) if one.content.kind == "list"]
    for part in parts(listed.content)[1:]:
        said = next(word for word in words if word.text.strip(".,") == part.text)
        begins = at["The region grows"] + listed.second(part.at)
        assert begins == pytest.approx(said.start, abs=1 / 30)


def test_no_card_says_what_another_has_said() -> None:
    scenes = [shown(number, STORY, card(f"{number}-1")) for number in (1, 2, 3)]

    found = drawings(cut(*scenes))

    said = [" ".join(part.text for part in parts(one.content)).casefold() for one in found]
    assert len(said) == len(set(said))
    icons = [
        one.content.icon for one in found if isinstance(one.content, Idea) and one.content.icon
    ]
    assert len(icons) == len(set(icons))


def test_a_number_that_is_said_as_the_card_ends_is_not_begun() -> None:
    text = "The old wooden bridge near the harbour of the town was as long as 900 m"
    scene = shown(1, text)
    object.__setattr__(scene.voiced.paced, "pause", 0.0)

    (found,) = drawings(cut(scene))

    assert found.content.kind == "idea"


def test_what_the_writer_wants_on_screen_goes_before_the_rest() -> None:
    text = "In 1815 the tower was 330 m tall and cost $12 million in all, they say."

    (plain,) = drawings(cut(shown(1, text)))
    (wanted,) = drawings(cut(shown(1, text, on_screen="$12 million")))

    assert "$12 million" not in [part.text for part in parts(plain.content)]
    assert "$12 million" in [part.text for part in parts(wanted.content)]


def test_what_the_writer_wants_and_nobody_says_is_not_shown() -> None:
    (found,) = drawings(cut(shown(1, "The river rose all night long.", on_screen="99 m")))

    assert all(part.text in "The river rose all night long." for part in parts(found.content))


def test_the_steps_of_several_sentences_are_one_card() -> None:
    text = "First the cane is crushed. Then the juice is boiled. Finally it cools in the dark."

    (found,) = drawings(cut(shown(1, text, card(), card("1-2"))))

    assert found.content.kind == "process"


def test_a_card_whose_words_a_person_wrote_stays_as_it_is() -> None:
    timeline = cut(shown(1, STORY, card("Mind the gap", "Mind the gap"), card("1-2")))

    sources = [shot.source for _, shot in timeline.shots()]
    assert sources[0] == Card("Mind the gap", 1)
    assert all(isinstance(source, Drawing) for source in sources[1:])


def test_a_scene_in_a_script_without_spaces_has_cards_too() -> None:
    scene = shown(1, "新幹線は東京と大阪を結ぶ。")
    laid = lay_out([CaptionedScene(scene, "")], RATE, 640, 360)

    timeline = explained(laid, [scene], "ja")

    assert [shot.source for _, shot in timeline.shots()] != []
    assert all(
        part.text in "新幹線は東京と大阪を結ぶ。"
        for one in drawings(timeline)
        for part in parts(one.content)
    )
