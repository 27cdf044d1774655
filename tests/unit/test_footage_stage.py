from __future__ import annotations

import threading
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from fakes.footage import Shelf, candidate, request
from fakes.scenes import paced

from videogen.domain.events import Event, Progress
from videogen.domain.footage import Candidate, Card, SourcedScene, Suggestion
from videogen.domain.script import Scene
from videogen.domain.video import Format
from videogen.errors import FootageError, SourceUnavailable, UnusableClip
from videogen.footage.find import Footage, fetch, plan_requests
from videogen.footage.overrides import ClipOverrides
from videogen.footage.plans import Plan, with_choices
from videogen.footage.request import SceneRequest, scene_request, shot_words, shots_for
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.cards import CardSource
from videogen.footage.sources.chain import Chain

OUTPUT = Format(Fraction(30), 1920, 1080)
SHIPS = (
    "A ship in the harbour",
    "Ship leaving port at dawn",
    "Cargo ship on the open sea",
    "Ship seen from a helicopter",
    "A ship under the bridge",
    "Sailors on a ship's deck",
    "Ship in a storm",
    "The bow of a ship",
)


def ships(count: int) -> list[Candidate]:
    return [candidate(f"ship{number}", title) for number, title in enumerate(SHIPS[:count])]


def planned(
    *requests: SceneRequest,
    sources: Sequence[FootageSource],
    overrides: ClipOverrides | None = None,
    shown_earlier: frozenset[tuple[str, str]] = frozenset(),
    told: list[Event] | None = None,
) -> Plan:
    chain = Chain(tuple(sources), CardSource(), ())
    tell = (told if told is not None else []).append
    return plan_requests(requests, chain, OUTPUT, overrides or ClipOverrides(), shown_earlier, tell)


def fetched(plan: Plan, *sources: FootageSource, told: list[Event] | None = None) -> Footage:
    tell = (told if told is not None else []).append
    return fetch(plan, Chain(tuple(sources), CardSource(), ()), tell)


def chosen(plan: Plan) -> list[list[str]]:
    return [[one.suggestion.candidate.id for one in scene.choices] for scene in plan.scenes]


def shown(footage: Footage) -> list[list[str]]:
    return [[clip.candidate.id for clip in scene.clips] for scene in footage.scenes]


@pytest.mark.parametrize(("seconds", "shots"), [(1.0, 1), (6.0, 1), (6.1, 2), (12.0, 2), (31.0, 6)])
def test_no_shot_is_planned_longer_than_six_seconds(seconds: float, shots: int) -> None:
    assert shots_for(seconds) == shots


def test_what_does_not_fit_gives_way_to_a_card_and_this_is_said_by_shot() -> None:
    shelf = Shelf([candidate("chess", "A chess board in the park")])
    plan = planned(request(), sources=[shelf])
    assert all(choice.is_card for choice in plan.scenes[0].choices)
    [line] = plan.warnings
    assert line.startswith("Scene 1, shots 1-2: a card, for 'ship' nothing fits; the nearest is")


def test_each_scene_gets_what_fits_it_though_another_could_use_it_too() -> None:
    shelf = Shelf([candidate("both", "A ship and a train"), candidate("ship", "A ship at sea")])
    plan = planned(request(1, 5.0), request(2, 5.0, "train"), sources=[shelf])
    assert chosen(plan) == [["ship"], ["both"]]


def test_no_moment_is_shown_twice_and_what_is_left_over_is_a_card() -> None:
    plan = planned(*(request(n) for n in (1, 2)), sources=[Shelf(ships(3))])
    moments = [
        (one.suggestion.candidate.id, one.take)
        for scene in plan.scenes
        for one in scene.choices
        if not one.is_card
    ]
    assert len(set(moments)) == len(moments) == 4


def test_two_pieces_of_one_clip_do_not_stand_side_by_side_while_others_fit() -> None:
    plan = planned(*(request(n) for n in (1, 2, 3)), sources=[Shelf(ships(3))])
    row = [one for scene in chosen(plan) for one in scene]
    assert all(one != after for one, after in pairwise(row))


def test_a_better_clip_of_a_later_source_comes_before_a_worse_of_an_earlier_one() -> None:
    first = Shelf([candidate("port", "A town by the sea")])
    second = Shelf([candidate("ship", "A ship going out to sea", source="other")], name="other")
    plan = planned(request(seconds=5.0), sources=[first, second])
    assert chosen(plan) == [["ship"]]


def test_broader_queries_are_asked_only_for_scenes_that_lack_something() -> None:
    shelf = Shelf(ships(8))
    scene = Scene(1, "A ship is going out to sea.", queries=("ship at sea", "ship"))
    rich = SceneRequest(scene, 10.0, shot_words(scene.text, 2), ("The Ship",))
    planned(rich, sources=[shelf])
    assert shelf.searched == ["ship at sea"]
    planned(rich, sources=[bare := Shelf([])])
    assert bare.searched == ["ship at sea", "ship", "The Ship"]


def test_a_source_that_is_unavailable_is_passed_over_and_named_once() -> None:
    gone = Shelf([], name="gone", search_fault=lambda: SourceUnavailable("The key is refused"))
    plan = planned(request(1), request(2), sources=[gone, Shelf(ships(8))])
    assert plan.warnings == ("gone: The key is refused",)
    assert len(gone.searched) < 4


def test_a_fault_that_nobody_foresaw_costs_one_source_and_no_run() -> None:
    broken = Shelf([], name="broken", search_fault=lambda: ZeroDivisionError("a bug"))
    plan = planned(request(), sources=[broken, Shelf(ships(4))])
    assert not any(choice.is_card for choice in plan.scenes[0].choices)
    assert plan.warnings == ("broken: Unexpected ZeroDivisionError: a bug",)


@pytest.mark.parametrize("fault", [FootageError("The file has no frame"), KeyError("frame")])
def test_a_clip_that_cannot_be_had_is_replaced_and_never_tried_again(fault: Exception) -> None:
    plan = planned(request(1), request(2), sources=[Shelf(ships(8))])
    bad = chosen(plan)[0][0]
    shelf = Shelf(ships(8), fetch_faults={bad: fault})
    footage = fetched(plan, shelf)
    wanted = sum(scene.count(bad) for scene in chosen(plan))
    assert [one for one, _ in shelf.fetched].count(bad) == wanted
    assert bad not in {one for scene in shown(footage) for one in scene}
    assert not any(isinstance(clip.media, Card) for one in footage.scenes for clip in one.clips)
    assert len(footage.warnings) == 1


def test_a_scene_gives_up_on_a_source_of_nothing_but_broken_clips() -> None:
    many = [candidate(f"{number}", f"A ship going out to sea {number}") for number in range(60)]
    faults = {one.id: FootageError("The file has no frame") for one in many}
    plan = planned(request(), sources=[Shelf(many)])
    shelf = Shelf(many, fetch_faults=faults)
    footage = fetched(plan, shelf)
    assert len(shelf.fetched) <= 10
    assert all(isinstance(clip.media, Card) for clip in footage.scenes[0].clips)


def test_the_cards_of_a_video_differ() -> None:
    plan = planned(request(1), request(2), request(4), sources=[Shelf([])])
    cards = [clip.media for scene in fetched(plan).scenes for clip in scene.clips]
    assert len(set(cards)) == 6
    assert len(plan.warnings) == 3


def test_a_card_is_named_by_what_is_drawn_of_the_sentences_that_it_shows() -> None:
    text = (
        "On January 15, 1919, a tank of molasses burst in Boston. The wave moved at 35 mph through the "
        "streets. The company blamed a bomb."
    )

    asked = scene_request(paced(1, text, 11.0), "en-us")

    assert asked.cards == (
        "January 15, 1919 / 35 mph through the streets",
        "35 mph through the streets / The company blamed a bomb",
    )


def test_cards_that_were_asked_for_are_no_shortfall() -> None:
    assert planned(request(), sources=[]).warnings == ()


def test_short_clips_get_company_until_the_scene_is_covered() -> None:
    short = [candidate(one.id, one.title, duration=3.5) for one in ships(6)]
    assert len(planned(request(seconds=10.0), sources=[Shelf(short)]).scenes[0].choices) == 4


def test_every_choice_keeps_its_words_its_score_and_why() -> None:
    plan = planned(request(), sources=[Shelf(ships(4))])
    [first, second] = plan.scenes[0].choices
    assert (first.words, second.words) == request().words
    assert first.suggestion.query == "ship"
    assert first.suggestion.relevance > 0.5
    assert "words: ship" in first.suggestion.reasons[0]


def test_a_pinned_clip_stands_where_it_was_wished_and_a_banned_one_nowhere() -> None:
    plan = planned(request(), sources=[Shelf(ships(4))])
    best = chosen(plan)[0][0]
    pin = next(one.id for one in ships(4) if one.id not in chosen(plan)[0])
    overrides = ClipOverrides({(1, 2): ("shelf", pin)}, frozenset({("shelf", best)}))
    plan = planned(request(), sources=[Shelf(ships(4))], overrides=overrides)
    assert chosen(plan)[0][1] == pin
    assert best not in chosen(plan)[0]
    assert plan.scenes[0].choices[1].chosen_by == "person"


def test_a_pin_that_leads_nowhere_is_said_and_the_scene_goes_on() -> None:
    overrides = ClipOverrides({(1, 1): ("shelf", "zulu")})
    plan = planned(request(), sources=[Shelf(ships(4))], overrides=overrides)
    assert not any(choice.is_card for choice in plan.scenes[0].choices)
    assert plan.warnings == ("shelf: There is no such clip (pinned zulu)",)


def moments(plan: Plan) -> list[tuple[str, int]]:
    return [
        (one.suggestion.candidate.id, one.take)
        for scene in plan.scenes
        for one in scene.choices
        if not one.is_card
    ]


def test_clips_whose_search_tells_no_length_are_measured_before_cards_are_shown() -> None:
    shelf = Shelf(ships(2), tells_lengths=False)
    plan = planned(request(1), request(2), sources=[shelf])
    assert len(moments(plan)) == len(set(moments(plan))) == 4
    assert {choice.suggestion.candidate.duration for choice in plan.scenes[0].choices} == {60.0}
    assert shelf.searched == ["ship", "ship"]
    assert sorted(shelf.looked_up) == sorted({one for one, _ in moments(plan)})


def test_only_what_is_about_to_be_shown_is_measured_and_each_once() -> None:
    many = [candidate(f"{number}", f"A ship going out to sea {number}") for number in range(40)]
    shelf = Shelf(many, tells_lengths=False)
    plan = planned(*(request(n) for n in (1, 2, 3)), sources=[shelf])
    assert len(set(shelf.looked_up)) == len(shelf.looked_up) <= 12
    assert {one for one, _ in moments(plan)} <= set(shelf.looked_up)


def test_a_source_that_tells_lengths_is_asked_for_none() -> None:
    shelf = Shelf([candidate("odd", "A ship at sea", duration=None)])
    planned(request(), sources=[shelf])
    assert shelf.looked_up == []


def test_what_is_measured_is_bounded_however_long_the_video_is() -> None:
    many = [candidate(f"{number}", f"A ship going out to sea {number}") for number in range(150)]
    shelf = Shelf(many, tells_lengths=False)
    plan = planned(*(request(n) for n in range(1, 61)), sources=[shelf])
    assert len(moments(plan)) == 120
    assert len(shelf.looked_up) == 60


def test_a_clip_that_turns_out_unusable_gives_way_before_it_is_fetched() -> None:
    gone = UnusableClip("Withdrawn")
    first = planned(request(seconds=5.0), sources=[Shelf(ships(8), tells_lengths=False)])
    [[bad]] = chosen(first)
    shelf = Shelf(ships(8), tells_lengths=False, lookup_faults={bad: gone})
    plan = planned(request(seconds=5.0), sources=[shelf])
    assert chosen(plan) not in ([[bad]], [["card"]])
    assert bad not in {one.candidate.id for one in plan.scenes[0].suggestions}
    assert plan.faults == ()


def test_a_length_that_cannot_be_had_leaves_the_clip_its_one_moment() -> None:
    shelf = Shelf(ships(1), tells_lengths=False, lookup_faults={"ship0": FootageError("No answer")})
    plan = planned(request(), sources=[shelf])
    assert moments(plan) == [("ship0", 0)]
    assert shelf.looked_up == ["ship0"]
    assert plan.faults == ("shelf: No answer (ship0)",)


def test_a_clip_of_another_video_is_taken_only_when_nothing_else_fits_as_well() -> None:
    twins = [candidate("old", "A ship at sea"), candidate("new", "A ship at sea")]
    plan = planned(
        request(seconds=5.0),
        sources=[Shelf(twins)],
        shown_earlier=frozenset({("shelf", "old")}),
    )
    assert chosen(plan) == [["new"]]


def test_what_a_person_chose_is_shown_and_nothing_else_moves() -> None:
    shelf = Shelf(ships(8))
    plan = planned(request(1), request(2), sources=[shelf])
    own = Suggestion(candidate("mine", "Anything", source="shelf"), "", 1.0, 1.0, ())
    other = with_choices(plan, {(2, 1): own})
    assert other.scenes[0] == plan.scenes[0]
    assert other.scenes[1].choices[1] == plan.scenes[1].choices[1]
    assert chosen(other)[1][0] == "mine"


def test_progress_is_told_scene_by_scene_and_once_from_the_search_to_the_last_clip() -> None:
    shelf = Shelf(ships(8))
    told: list[Event] = []
    plan = planned(request(1), request(2), request(3), sources=[shelf], told=told)
    assert [(event.done, event.total) for event in told if isinstance(event, Progress)] == [
        *((1, 6), (2, 6), (3, 6))
    ]
    told.clear()
    fetched(plan, shelf, told=told)
    scenes = [event.number for event in told if isinstance(event, SourcedScene)]
    progress = [event for event in told if isinstance(event, Progress)]
    assert sorted(scenes) == [1, 2, 3]
    assert [event.scene for event in progress] == scenes
    assert [(event.done, event.total) for event in progress] == [(4, 6), (5, 6), (6, 6)]


def test_the_same_answers_lead_to_the_same_plan_however_late_they_come() -> None:
    second_is_done = threading.Event()

    class LateForTheFirst(Shelf):
        def search(self, query: Query) -> Sequence[Candidate]:
            if query.words == "ship":
                second_is_done.wait(10)
            else:
                second_is_done.set()
            return super().search(query)

    requests = (request(1), request(2, keyword="harbour"))
    late = planned(*requests, sources=[LateForTheFirst(ships(8))])
    assert late == planned(*requests, sources=[Shelf(ships(8))])


def test_an_interrupt_closes_the_sources() -> None:
    shelf = Shelf(ships(2))

    def stop(_event: Event) -> None:
        raise KeyboardInterrupt

    plan = planned(request(), sources=[shelf])
    with pytest.raises(KeyboardInterrupt):
        fetch(plan, Chain((shelf,), CardSource(), ()), stop)
    assert shelf.closed
