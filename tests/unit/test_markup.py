from __future__ import annotations

import pytest
from fakes.footage import asked
from hypothesis import given
from hypothesis import strategies as st

from videogen.footage.sources.markup import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="//x.org" title="User:J">Jane &amp; Co.</a>', "Jane & Co."),
        ("A bridge.<br>It fell<br/>in 1940.", "A bridge. It fell in 1940."),
        ("<style>.a{}</style><p>One</p><p>Two</p>", "One Two"),
        ('<div lang="de">Eine Brücke</div><div lang="en"><b>A</b> bridge</div>', "A bridge"),
        ('<span class="language en" lang="en-GB"><i>Colour</i></span> Farbe', "Colour"),
        ('<div lang="de">Eine Brücke</div>', "Eine Brücke"),
        ("2 < 3 and <b>unclosed", "2 < 3 and unclosed"),
        ("</p></p>loose", "loose"),
        ("", ""),
    ],
)
def test_text_is_what_a_person_reads_english_where_there_is_a_choice(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(st.text(alphabet="<>/ab&;\"'= \n!-[]"))
def test_any_markup_is_read(html: str) -> None:
    assert plain_text(html) == plain_text(html).strip()


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ('"wind tunnel" AND (bridge OR model)', "wind tunnel and bridge or model"),
        ("insource:/x/ -river ~pier* 3:4", "insource x river pier 3 4"),
        ("O'Neill's U.S. state-of-the-art", "O'Neill's U.S state-of-the-art"),
        ("Brücke 橋 мост", "Brücke 橋 мост"),
        ("?!*", ""),
    ],
)
def test_words_are_asked_for_without_operators(words: str, plain: str) -> None:
    assert asked(words).plain(200) == plain


def test_long_queries_end_after_a_whole_word() -> None:
    assert asked("suspension bridge over water").plain(17) == "suspension bridge"
    assert asked("suspension").plain(5) == ""
