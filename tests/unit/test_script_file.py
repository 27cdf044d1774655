from __future__ import annotations

import json
from pathlib import Path

import pytest

from videogen.domain.script import Brief, Credit, Scene
from videogen.errors import UsageError
from videogen.script.write import read_script
from videogen.script.writers.file import FileWriter

BRIEF = Brief("Naval warfare", 60, 2.9)


def read(folder: Path, name: str, content: str | bytes) -> tuple[str, list[tuple[str, str]]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    script = FileWriter(path).write(BRIEF)
    assert [scene.number for scene in script.scenes] == list(range(1, len(script.scenes) + 1))
    return script.title, [(scene.title, scene.text) for scene in script.scenes]


def test_markdown_headings_are_titles_and_paragraphs_scenes(tmp_path: Path) -> None:
    text = """---
title: ignored
---
# The Film

A first paragraph
over two lines.

## The Sea

Second, with **bold** words.

Third.

```python
print("never spoken")
```
<div>nor this</div>
"""
    assert read(tmp_path, "script.md", text) == (
        "The Film",
        [
            ("", "A first paragraph over two lines."),
            ("The Sea", "Second, with **bold** words."),
            ("", "Third."),
        ],
    )


def test_several_top_headings_are_titles_of_scenes(tmp_path: Path) -> None:
    title, scenes = read(tmp_path, "script.md", "# One\n\nFirst.\n\n# Two\n\nSecond.\n")
    assert title == BRIEF.topic
    assert scenes == [("One", "First."), ("Two", "Second.")]


def test_a_list_is_one_scene_of_sentences(tmp_path: Path) -> None:
    _, scenes = read(tmp_path, "script.md", "- ships\n- boats:\n  - small ones\n\nThe end.\n")
    assert scenes == [("", "ships. boats: small ones."), ("", "The end.")]


def test_plain_text_has_a_scene_a_paragraph(tmp_path: Path) -> None:
    _, scenes = read(tmp_path, "script.txt", "First one\r\ngoes on.\r\n\r\n \r\n# Second.\r\n")
    assert scenes == [("", "First one goes on."), ("", "# Second.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_editors_save_is_read(tmp_path: Path, encoding: str) -> None:
    _, scenes = read(tmp_path, "script.txt", "Über “uns”.".encode(encoding))
    assert scenes == [("", "Über “uns”.")]


@pytest.mark.parametrize(
    "scenes",
    [
        [{"text": "One."}, {"text": "Two."}],
        ["One.", "Two."],
        {"title": "Film", "scenes": [{"narration": "One."}, {"text": ""}, {"text": "Two."}]},
        {"scenes": [{"scene_number": 9, "text": "One."}, {"scene_number": 3, "text": "Two."}]},
    ],
)
def test_json_scenes_are_read_in_their_order(tmp_path: Path, scenes: object) -> None:
    assert read(tmp_path, "script.json", json.dumps(scenes))[1] == [("", "One."), ("", "Two.")]


def test_json_scenes_keep_what_they_are_shown_by(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    scene = {"text": "One.", "title": "T", "visual_keywords": ["sea"], "search_queries": ["ship"]}
    path.write_text(json.dumps([scene]), encoding="utf-8")
    assert FileWriter(path).write(BRIEF).scenes == (Scene(1, "One.", "T", ("sea",), ("ship",)),)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.md", b""),
        ("titles.md", b"# Only\n\n## Titles\n"),
        ("blank.txt", b" \n\n \t"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("zeros.txt", b"text\x00text"),
        ("broken.json", b'{"scenes": ['),
        ("number.json", b"7"),
        ("no-scenes.json", b'{"scenes": []}'),
        ("silent.json", b'{"scenes": [{"text": " "}]}'),
    ],
)
def test_a_file_without_narration_is_wrong_usage_with_a_cure(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError) as seen:
        FileWriter(path).write(BRIEF)
    assert seen.value.where == str(path)
    assert seen.value.cure
    assert seen.value.exit_code == 64


def test_a_file_that_cannot_be_opened_is_wrong_usage(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.md", tmp_path):
        with pytest.raises(UsageError, match="can't be read"):
            FileWriter(path).write(BRIEF)


def test_a_persons_text_is_spoken_word_for_word(tmp_path: Path) -> None:
    path = tmp_path / "script.txt"
    path.write_text("Row, row.\n\nRow, row.\n\n" + "A very long paragraph. " * 90, encoding="utf-8")
    script = read_script(BRIEF, FileWriter(path))
    assert [scene.text for scene in script.scenes][:2] == ["Row, row.", "Row, row."]
    assert len(script.scenes[2].text.split()) == 360
    assert all(scene.keywords and scene.queries for scene in script.scenes)


def test_a_table_is_shown_on_paper_and_not_narrated(tmp_path: Path) -> None:
    _, scenes = read(tmp_path, "script.md", "One.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTwo.\n")

    assert scenes == [("", "One."), ("", "Two.")]


@pytest.mark.parametrize("heading", ["Fuentes", "Fonti", "Fontes:", "स्रोत", "出典", "来源："])
def test_sources_are_known_by_their_heading_in_each_language(tmp_path: Path, heading: str) -> None:
    _, scenes = read(tmp_path, "script.md", f"Uno.\n\n## {heading}\n\n- Un libro\n")

    assert scenes == [("", "Uno.")]


def test_sources_at_the_end_are_credited_and_not_spoken(tmp_path: Path) -> None:
    path = tmp_path / "script.md"
    path.write_text(
        "# Film\n\nOne.\n\n## Sources\n\n- [Tide](https://example.org/a_(b)), an *old* book\n- Word of mouth\n",
        encoding="utf-8",
    )
    script = FileWriter(path).write(BRIEF)

    assert [scene.text for scene in script.scenes] == ["One."]
    assert script.credits == (
        Credit("Tide, an old book", "", "", "https://example.org/a_(b)"),
        Credit("Word of mouth", "", "", ""),
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("One.\n\n## Sources\n\nThe river has three.\n", ["One.", "The river has three."]),
        ("## Sources\n\n- a\n- b\n\n## The sea\n\nTwo.\n", ["a. b.", "Two."]),
    ],
)
def test_a_scene_about_sources_is_spoken(tmp_path: Path, text: str, spoken: list[str]) -> None:
    _, scenes = read(tmp_path, "script.md", text)
    assert [text for _, text in scenes] == spoken


def test_what_a_scene_is_shown_by_stands_in_a_comment_beneath_it(tmp_path: Path) -> None:
    path = tmp_path / "script.md"
    path.write_text(
        "<!-- on_screen: nothing yet -->\n## Sea\n\nIt holds 9 m.\n"
        "<!--\nqueries: high tide; wide, wide sea\nKeywords: sea, tide\non_screen: 9 m\nwhy: to be checked\n-->\n\n"
        "Two.\n\n<!-- a note to myself -->\n\nThree.\n",
        encoding="utf-8",
    )
    assert FileWriter(path).write(BRIEF).scenes == (
        Scene(1, "It holds 9 m.", "Sea", ("sea", "tide"), ("high tide", "wide, wide sea"), "9 m"),
        Scene(2, "Two."),
        Scene(3, "Three."),
    )


def test_what_is_said_of_a_film_stands_in_its_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "script.md"
    path.write_text(
        '---\ntitle: Tides\ndescription: "Why: the Moon."\nthumbnail_text: The Moon did it\n---\nOne.\n',
        encoding="utf-8",
    )
    script = FileWriter(path).write(BRIEF)

    assert (script.title, script.description) == ("Tides", "Why: the Moon.")
    assert script.thumbnail_text == "The Moon did it"


def test_json_tells_as_much_of_a_film_as_markdown(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    scene = {"text": "It holds 9 m.", "on_screen": "9 m"}
    film = {"description": "Why.", "thumbnail_text": "The Moon", "scenes": [scene]}
    path.write_text(json.dumps(film), encoding="utf-8")
    script = FileWriter(path).write(BRIEF)

    assert (script.description, script.thumbnail_text) == ("Why.", "The Moon")
    assert script.scenes[0].on_screen == "9 m"
