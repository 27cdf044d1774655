from __future__ import annotations

import pytest

from videogen.script.sections import Importance, Section, joined, sections_of


@pytest.mark.parametrize(
    ("headings", "importance"),
    [
        ((), Importance.INTRODUCTION),
        (("History",), Importance.STORY),
        (("How it works",), Importance.STORY),
        (("Causes",), Importance.STORY),
        (("Behavior", "Foraging"), Importance.STORY),
        (("Plumage",), Importance.USUAL),
        (("Etymology",), Importance.ASIDE),
        (("Relationship with humans", "In popular culture"), Importance.ASIDE),
        (("Awards and honors",), Importance.ASIDE),
        (("See also",), Importance.APPENDIX),
        (("Notes and references",), Importance.APPENDIX),
        (("References", "Bibliography"), Importance.APPENDIX),
        (("Einzelnachweise",), Importance.APPENDIX),
        (("Enlaces externos",), Importance.APPENDIX),
        (("脚注",), Importance.APPENDIX),
        (("历史",), Importance.STORY),
    ],
)
def test_a_heading_tells_how_much_a_reader_would_miss(
    headings: tuple[str, ...], importance: Importance
) -> None:
    assert Section(headings, "").importance is importance


def test_sections_know_what_they_stand_under_and_join_to_the_same_text() -> None:
    text = "First.\n\n== A ==\n\n=== B ===\n\nSecond.\n\n== C ==\n\nThird."
    found = list(sections_of(text))
    assert [one.headings for one in found] == [(), ("A",), ("A", "B"), ("C",)]
    assert joined(found) == text
