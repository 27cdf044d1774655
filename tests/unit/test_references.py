from __future__ import annotations

from pathlib import Path

import pytest

from videogen.domain.script import Credit, Reference
from videogen.errors import UsageError
from videogen.language.words import word_count
from videogen.script.excerpt import excerpt
from videogen.script.references import read_reference
from videogen.script.sections import sections_of

NOTES = """# The Old Lighthouse
Credit: Jane Doe
License: CC BY 4.0
Source: https://example.org/lighthouse

It stands on a [rock](https://example.org/rock) **far** out,
in all weathers. ![the tower](tower.png)

## How it was built

- Stone came by boat
  - and by rope

| year | height |
|------|--------|
| 1759 | 22 m |

### The lamp
> Source: nobody knows.

<script>alert(1)</script>
"""


def read(folder: Path, name: str, content: str | bytes) -> Reference:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_reference(path)


def test_markdown_is_read_as_what_a_reader_sees_under_its_headings(tmp_path: Path) -> None:
    found = read(tmp_path, "notes.md", NOTES)
    assert found.text.splitlines() == [
        "It stands on a rock far out, in all weathers.",
        "== How it was built ==",
        "Stone came by boat",
        "and by rope",
        "year, height",
        "1759, 22 m",
        "=== The lamp ===",
        "Source: nobody knows.",
    ]


def test_the_first_lines_of_a_file_name_whom_to_credit(tmp_path: Path) -> None:
    credit = Credit("The Old Lighthouse", "Jane Doe", "CC BY 4.0", "https://example.org/lighthouse")
    assert read(tmp_path, "notes.md", NOTES).credit == credit


def test_front_matter_names_whom_to_credit_too(tmp_path: Path) -> None:
    text = '---\ntitle: "Bees: a life"\nauthor: Jane Doe\ntags: [a]\n---\nBees fly.\n'
    found = read(tmp_path, "notes.md", text)
    assert found == Reference(
        "Bees fly.", Credit("Bees: a life", "Jane Doe", "The user's own file", "")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_plain_text_is_named_by_its_file_and_read_as_editors_save_it(
    tmp_path: Path, encoding: str
) -> None:
    text = "Über “uns”: a text.\r\n\r\n# no heading\r\nLicense: not at the top"
    found = read(tmp_path, "old_light-house.txt", text.encode(encoding))
    assert found.text == "Über “uns”: a text.\n\n# no heading\nLicense: not at the top"
    assert found.credit.title == "old light house"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00\xd8 broken", "not text"),
        (b"%PDF-1.7\x00\x01", "not text"),
        (b"caf\xe9", "not text"),
        (b"Credit: Jane Doe\n\n", "holds no text"),
        (b"word " * 500_000, "too large"),
    ],
)
def test_a_file_that_holds_no_usable_text_is_named_with_a_cure(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as seen:
        read(tmp_path, "facts.txt", content)
    assert "facts.txt" in seen.value.where
    assert "Markdown" in seen.value.cure


def test_a_file_that_is_not_there_or_is_a_folder_is_a_usage_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(UsageError, match="can't be read"):
            read_reference(path)


def long_reference(*headings: str) -> Reference:
    def told(name: str) -> str:
        return "\n".join(f"{name} has sentence number {n} among many." for n in range(60))

    parts = [told("The beginning"), *(f"== {name} ==\n{told(name)}" for name in headings)]
    return Reference("\n\n".join(parts), Credit("A text", "", "", ""))


@pytest.mark.parametrize("words", [60, 300, 700, 1500])
def test_an_excerpt_is_whole_sentences_in_their_order_and_never_too_long(words: int) -> None:
    reference = long_reference("Etymology", "History", "Geology", "In popular culture", "Notes")
    found = excerpt(reference, words)
    assert 0.6 * words < word_count(found.text) <= words
    lines = [line for line in found.text.splitlines() if line]
    every = [line for line in reference.text.splitlines() if line]
    assert all(line in every for line in lines)
    assert lines == sorted(lines, key=every.index)
    assert found.credit == reference.credit


def test_an_excerpt_leaves_out_what_a_reader_would_miss_least() -> None:
    reference = long_reference("Etymology", "History", "Causes", "In popular culture", "Legacy")
    kept = [one.heading for one in sections_of(excerpt(reference, 900).text)]
    assert kept == ["", "History", "Causes", "Legacy"]


def test_a_text_without_headings_is_kept_to_the_words_there_are() -> None:
    assert word_count(excerpt(long_reference(), 200).text) > 190


def test_a_short_text_is_not_touched() -> None:
    reference = long_reference("History")
    assert excerpt(reference, 5000) is reference
