from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.domain.script import Scene
from videogen.errors import ScriptError
from videogen.script.writers.answers import ScriptAnswer, mended, read_answer, scenes_of
from videogen.script.writers.base import Fault
from videogen.script.writers.schema import SCHEMA
from videogen.script.writers.service import whole_letters

SCRIPT = json.dumps({"title": "T", "scenes": [{"text": "One."}, {"text": "Two."}]})


def answer(*scenes: tuple[object, str]) -> ScriptAnswer:
    told: list[dict[str, Any]] = [{"scene_number": n, "text": text} for n, text in scenes]
    return ScriptAnswer.model_validate({"scenes": told})


@pytest.mark.parametrize(
    "content",
    [
        SCRIPT,
        f"Here is {{your}} script:\n```json\n{SCRIPT}\n```\nShall I {{go on}}?",
        f'{{"thought": "first"}} {SCRIPT}',
        SCRIPT.replace("One.", "One\\u002e"),
        SCRIPT.replace('"text": "Two."', '"narration": "Two.", "keywords": null'),
        SCRIPT.replace('"text": "Two."', '"text": "Two.", "scene_number": "Scene 2"'),
        SCRIPT.replace('{"text": "Two."}', '"Two."'),
        SCRIPT.replace('"text": "Two."', '"text": "Two.", "keywords": "sea, tide"'),
        SCRIPT.replace('"text": "Two."', '"voiceover": ["Two."]'),
        SCRIPT.replace('"Two."}]', '"Two.",}, // the last one\n]'),
        f'{{"script": {SCRIPT}}}',
        '{"scenes": {"scene_1": {"text": "One."}, "scene_2": {"text": "Two."}}}',
        'As [you] wished: [{"text": "One."}, {"text": "Two."}]',
        f'<think>{{"scenes": [{{"text": "A draft."}}]}}</think>{SCRIPT}',
        f'Perhaps {{"scenes": [{{"text": "A draft."}}]}}?</think>\n{SCRIPT}',
        # Cut off in the middle of a third scene.
        SCRIPT[:-2] + ', {"text": "Thr',
        "{Well} " + SCRIPT[:-2] + ', {"te',
    ],
)
def test_a_script_is_found_in_what_models_send(content: str) -> None:
    assert [scene.text for scene in read_answer(content).scenes] == ["One.", "Two."]


@pytest.mark.parametrize(
    "content",
    ["", "I can't help with that.", "{}", '{"scenes": []}', '{"scenes": 7}', "[1, 2", "{" * 5000],
)
def test_an_answer_without_a_script_is_said_so(content: str) -> None:
    with pytest.raises(ScriptError, match="no usable script") as seen:
        read_answer(content)
    assert seen.value.cure


@given(st.text() | st.text(alphabet='{}[]":,scenetxt 0') | st.just(SCRIPT).map(lambda s: s[3:]))
def test_no_answer_breaks_the_reader(content: str) -> None:
    with suppress(ScriptError):
        read_answer(content)


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 3, 4], [1, 3, 4]),
        ([0, 1, 2], [1, 2, 3]),
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([7, 7, 7], [1, 2, 3]),
        ([3, 2, 1], [1, 2, 3]),
        ([2, 3, 9], [1, 2, 3]),
    ],
)
def test_numbers_that_make_sense_show_what_is_missing(numbers: list[int], kept: list[int]) -> None:
    scenes = scenes_of(answer(*[(number, "Text.") for number in numbers]), [1, 2, 3, 4])
    assert [scene.number for scene in scenes] == kept


@pytest.mark.parametrize(
    ("sent", "texts"),
    [
        ([(2, "B"), (4, "D")], ["a", "B", "c", "D"]),
        ([(0, "B"), (0, "D")], ["a", "B", "c", "D"]),
        ([(4, "D")], ["a", "b", "c", "D"]),
        ([(9, "B")], ["a", "B", "c", "d"]),
        ([(1, "A"), (2, "B"), (3, "C"), (4, "D")], ["a", "B", "c", "D"]),
        ([(5, "A"), (5, "B"), (5, "C"), (5, "D")], ["a", "B", "c", "D"]),
        ([(2, " "), (4, "D")], ["a", "b", "c", "D"]),
    ],
)
def test_a_repair_lands_where_it_was_asked_for(
    sent: list[tuple[object, str]], texts: list[str]
) -> None:
    script = [Scene(number, text) for number, text in enumerate("abcd", start=1)]
    faults = [Fault(2, "missing", 10), Fault(4, "long", 10)]
    found = mended(script, answer(*sent), faults)
    assert [scene.text for scene in found] == texts
    assert [scene.number for scene in found] == [1, 2, 3, 4]


@pytest.mark.parametrize("sent", ["It went on.", "It began. It went on."])
def test_what_goes_on_is_added_to_what_was_there(sent: str) -> None:
    script = [Scene(1, "It began.", "Title", ("sea",), ("sea",))]
    (scene,) = mended(script, answer((1, sent)), [Fault(1, "short", 3)])
    assert scene == Scene(1, "It began. It went on.", "Title", ("sea",), ("sea",))


@pytest.mark.parametrize(
    "sent",
    ["More of it.", "More of it. It ended.", "It began. More of it. It ended."],
)
def test_a_last_sentence_that_is_to_stay_stands_behind_what_is_added(sent: str) -> None:
    script = [Scene(1, "It began. It ended.")]
    (scene,) = mended(script, answer((1, sent)), [Fault(1, "short", 3, "It ended.")])
    assert scene.text == "It began. More of it. It ended."


def test_a_film_of_one_sentence_keeps_it_for_its_end() -> None:
    (scene,) = mended(
        [Scene(1, "It ended.")], answer((1, "It began.")), [Fault(1, "short", 3, "It ended.")]
    )
    assert scene.text == "It began. It ended."


def test_a_part_of_a_script_may_be_counted_from_one_again() -> None:
    scenes = scenes_of(answer((1, "A"), (3, "C")), [11, 12, 13])
    assert [scene.number for scene in scenes] == [11, 13]


def test_null_for_what_a_film_lacks_is_forgiven() -> None:
    told = {"title": None, "outline": "none", "scenes": [{"text": "One.", "on_screen": None}]}
    assert ScriptAnswer.model_validate(told).title == ""


def test_phrases_that_differ_in_case_are_one() -> None:
    told = {"scenes": [{"text": "T.", "visual_keywords": ["Sea", "sea ", "", "Ship"]}]}
    (scene,) = scenes_of(ScriptAnswer.model_validate(told), [1])
    assert scene.keywords == ("Sea", "Ship")


def test_the_schema_is_as_strict_as_strict_decoding_wants_it() -> None:
    scene = SCHEMA["properties"]["scenes"]["items"]
    for part in (SCHEMA, scene):
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False


@pytest.mark.parametrize("half", ["\\ud83d", "\\ude00", "\\ud83d\\ud83d\\ude00"])
def test_half_an_emoji_costs_no_answer_that_was_paid_for(half: str) -> None:
    found = read_answer(
        f'{{"title": "Ships {half}", "scenes": [{{"text": "Out {half} to sea."}}]}}'
    )
    assert found.title.startswith("Ships ")
    assert found.model_dump_json()


def test_half_an_emoji_in_a_services_own_json_is_left_out_and_a_whole_one_stays() -> None:
    body = json.dumps({"a": "\ud83d!", "b": "\U0001f600", "c": "\\ud83d"}).encode()
    assert json.loads(whole_letters(body)) == {"a": "!", "b": "\U0001f600", "c": "\\ud83d"}


@pytest.mark.parametrize("text", ["{" * 200_000, '{"a":' * 40_000, '{"' * 100_000])
def test_a_flood_of_braces_is_no_script(text: str) -> None:
    with pytest.raises(ScriptError, match="no JSON object"):
        read_answer(text)
