from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from fakes.footage import Shelf, candidate

from videogen.domain import Candidate, Card, Event, Progress, Scene, SourcedScene
from videogen.errors import FootageError, SourceUnavailable
from videogen.footage.find import Footage, shots_for, source_footage
from videogen.footage.overrides import ClipOverrides
from videogen.footage.sources.base import FootageSource, Query, ShotRequest
from videogen.footage.sources.cards import CardSource

CARDS = CardSource()
NAMES = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")


def request(number: int = 1, seconds: float = 10.0, keyword: str = "ship") -> ShotRequest:
    scene = Scene(number, f"About a {keyword}.", keywords=(keyword,))
    return ShotRequest(scene, seconds, shots_for(seconds), 1920, 1080, (keyword.title(),))


def shown(footage: Footage) -> list[list[str]]:
    return [[clip.candidate.id for clip in scene.clips] for scene in footage.scenes]


def source(*requests: ShotRequest, chain: Sequence[FootageSource]) -> Footage:
    return source_footage(requests, chain, CARDS)


def ships(count: int) -> list[Candidate]:
    return [candidate(name, f"Ship {name * 3}") for name in NAMES[:count]]


@pytest.mark.parametrize(("seconds", "shots"), [(1.0, 1), (6.0, 1), (6.1, 2), (12.0, 2), (31.0, 6)])
def test_no_shot_is_planned_longer_than_six_seconds(seconds: float, shots: int) -> None:
    assert shots_for(seconds) == shots


def test_a_scene_gets_a_clip_a_shot_in_the_order_of_their_score() -> None:
    shelf = Shelf([candidate("pier", "Pier"), candidate("ship", "Ship"), candidate("sea", "Sea")])
    footage = source(request(), chain=[shelf, CARDS])
    assert shown(footage) == [["ship", "pier"]]
    assert footage.scenes[0].clips[0].reasons[0] == "title: ship"


def test_no_clip_is_shown_twice_while_another_is_left() -> None:
    requests = [request(number) for number in range(1, 5)]
    footage = source(*requests, chain=[Shelf(ships(8))])
    ids = [one for scene in shown(footage) for one in scene]
    assert len(set(ids)) == len(ids) == 8
    assert footage.warnings == ()


def test_clips_are_repeated_piece_by_piece_when_all_are_in_use_and_this_is_said() -> None:
    shelf = Shelf(ships(2))
    footage = source(request(1), request(2), chain=[shelf])
    assert sorted(shelf.fetched) == [("alpha", 0), ("alpha", 1), ("bravo", 0), ("bravo", 1)]
    assert footage.warnings == ("2 clips are shown more than once: no other was found",)


def test_with_cards_in_the_chain_a_card_comes_before_a_repetition() -> None:
    footage = source(request(), chain=[Shelf(ships(1)), CARDS])
    first, second = footage.scenes[0].clips
    assert first.candidate.id == "alpha"
    assert isinstance(second.media, Card)


def test_the_next_source_is_asked_only_when_the_first_is_not_enough() -> None:
    first, second = Shelf(ships(2)), Shelf(ships(2), name="other")
    source(request(), chain=[first, second])
    assert (len(first.searched), len(second.searched)) == (1, 0)


def test_what_fits_in_a_later_source_comes_before_what_does_not_in_an_earlier_one() -> None:
    first = Shelf([candidate("tank", "A tank")])
    second = Shelf([candidate("ship", "A ship", source="other")], name="other")
    footage = source(request(seconds=5.0), chain=[first, second])
    assert shown(footage) == [["ship"]]


def test_a_source_that_is_unavailable_is_passed_over_and_named_once() -> None:
    gone = Shelf([], name="gone", search_fault=lambda: SourceUnavailable("The key is refused"))
    footage = source(request(1), request(2), chain=[gone, Shelf(ships(4))])
    assert {clip.candidate.source for scene in footage.scenes for clip in scene.clips} == {"shelf"}
    assert footage.warnings == ("gone: The key is refused",)


def test_a_clip_that_cannot_be_had_is_replaced_by_the_next_and_never_tried_again() -> None:
    broken = FootageError("The file has no frame", where="alpha.mp4")
    shelf = Shelf(ships(5), fetch_faults={"alpha": broken})
    footage = source(request(1), request(2), chain=[shelf])
    assert [one for one, _ in shelf.fetched].count("alpha") == 1
    assert "alpha" not in {one for scene in shown(footage) for one in scene}
    assert footage.warnings == ("shelf: The file has no frame",)


def test_a_scene_gives_up_on_a_source_of_nothing_but_broken_clips() -> None:
    many = [candidate(f"{number}", f"Ship {number}") for number in range(100)]
    faults = {one.id: FootageError("The file has no frame") for one in many}
    shelf = Shelf(many, fetch_faults=faults)
    footage = source(request(), chain=[shelf, CARDS])
    assert len(shelf.fetched) == 10
    assert all(isinstance(clip.media, Card) for clip in footage.scenes[0].clips)


def test_a_scene_without_footage_gets_cards_no_two_alike_and_this_is_said() -> None:
    footage = source(request(1), request(2), request(4), chain=[Shelf([])])
    cards = [clip.media for scene in footage.scenes for clip in scene.clips]
    assert len(set(cards)) == 6
    assert footage.warnings == ("No footage was found for scene 1-2, 4: cards are shown",)


def test_cards_that_were_asked_for_are_no_shortfall() -> None:
    assert source(request(), chain=[CARDS]).warnings == ()


def test_a_long_scene_is_filled_with_cards_to_its_last_shot() -> None:
    footage = source(request(seconds=100.0), chain=[CARDS])
    assert len(footage.scenes[0].clips) == 17


def test_short_clips_get_company_until_the_scene_is_covered() -> None:
    short = [candidate(one.id, one.title, duration=3.5) for one in ships(5)]
    footage = source(request(seconds=10.0), chain=[Shelf(short), CARDS])
    assert len(footage.scenes[0].clips) == 4


def test_every_suggestion_keeps_the_query_that_found_it() -> None:
    footage = source(request(), chain=[Shelf([], name="void"), Shelf(ships(2))])
    kept = [(one.candidate.id, one.query) for one in footage.scenes[0].suggestions]
    assert kept == [("alpha", "ship"), ("bravo", "ship")]
    assert footage.scenes[0].query == "ship"


def test_a_pinned_clip_comes_first_and_a_banned_one_never() -> None:
    overrides = ClipOverrides(pins={1: [("shelf", "delta")]}, bans=frozenset({("shelf", "alpha")}))
    footage = source_footage([request()], [Shelf(ships(4))], CARDS, overrides=overrides)
    assert shown(footage) == [["delta", "bravo"]]
    assert footage.scenes[0].clips[0].reasons == ("pinned by the user",)


def test_a_pin_that_leads_nowhere_is_said_and_the_scene_goes_on() -> None:
    overrides = ClipOverrides(pins={1: [("shelf", "zulu")]})
    footage = source_footage([request()], [Shelf(ships(2))], CARDS, overrides=overrides)
    assert shown(footage) == [["alpha", "bravo"]]
    assert footage.warnings == ("shelf, pinned zulu: There is no such clip",)


def test_a_clip_of_another_video_is_taken_only_when_nothing_else_fits_as_well() -> None:
    earlier = frozenset({("shelf", "alpha")})
    footage = source_footage(
        [request(seconds=5.0)], [Shelf(ships(2))], CARDS, shown_earlier=earlier
    )
    assert shown(footage) == [["bravo"]]


def test_parts_of_one_series_are_not_shown_while_something_else_fits() -> None:
    shelf = Shelf(
        [
            candidate("one", "Ship returns to Norfolk, part 1"),
            candidate("two", "Ship returns to Norfolk, part 2"),
            candidate("other", "A ship by night"),
        ]
    )
    assert shown(source(request(), chain=[shelf])) == [["one", "other"]]


def test_progress_is_told_scene_by_scene() -> None:
    told: list[Event] = []
    source_footage([request(1), request(2), request(3)], [Shelf(ships(6))], CARDS, tell=told.append)
    scenes = [event.scene.number for event in told if isinstance(event, SourcedScene)]
    progress = [event for event in told if isinstance(event, Progress)]
    assert sorted(scenes) == [1, 2, 3]
    assert [event.scene for event in progress] == scenes
    assert [(event.done, event.total) for event in progress] == [(1, 3), (2, 3), (3, 3)]


def test_the_same_answers_lead_to_the_same_choice_however_late_they_come() -> None:
    second_is_done = threading.Event()

    class LateForTheFirst(Shelf):
        def search(self, query: Query) -> Sequence[Candidate]:
            if query.words == "ship":
                second_is_done.wait(10)
            else:
                second_is_done.set()
            return super().search(query)

    footage = source(request(1, 5.0), request(2, 5.0, "boat"), chain=[LateForTheFirst(ships(2))])
    assert shown(footage) == [["alpha"], ["bravo"]]


def test_a_fault_in_a_source_itself_ends_the_run_and_does_not_hang_it() -> None:
    shelf = Shelf(ships(2), search_fault=lambda: ZeroDivisionError("a bug"))
    with pytest.raises(ZeroDivisionError):
        source(*(request(number) for number in range(1, 10)), chain=[shelf])
    assert shelf.closed


def test_an_interrupt_closes_the_sources() -> None:
    shelf = Shelf(ships(2))

    def stop(_event: Event) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        source_footage([request()], [shelf], CARDS, tell=stop)
    assert shelf.closed
