from __future__ import annotations

import pytest

from videogen.language.wordpiece import pieces, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bicycles return to the street", "bicycles return to the street"),
        ("Café Žižkov, naïve — don’t!", "cafe z ##iz ##kov , naive — don ’ t !"),
        ("unbelievably photosynthesizing", "un ##bel ##ie ##va ##bly photos ##yn ##thes ##izing"),
        ("price<$5.50>~`^", "price < $ 5 . 50 > ~ ` ^"),
        ("İSTANBUL ΟΔΟΣ Straße", "istanbul ο ##δ ##ο ##σ st ##raße"),  # noqa: RUF001
        ("東京タワー at night", "東 京 タ ##ワ ##ー at night"),
        ("Привет, Ёжик", "п ##р ##и ##в ##е ##т , е ##ж ##и ##к"),  # noqa: RUF001
        ("a\u200db\u00a0c\x0bd\x00e\ufffdf", "ab cd ##ef"),
        ("x" * 101 + " ok", "[UNK] ok"),
        ("", ""),
    ],
)
def test_a_text_is_divided_as_the_model_learnt_it(text: str, expected: str) -> None:
    # As Hugging Face's tokenizers 0.23 divides it.
    assert pieces(text, 40) == ["[CLS]", *expected.split(), "[SEP]"]


def test_a_long_text_is_cut_and_still_ends() -> None:
    found = pieces("word " * 100, 40)
    assert len(found) == 40
    assert (found[0], found[-2], found[-1]) == ("[CLS]", "word", "[SEP]")


def test_pieces_have_the_numbers_of_bert_s_vocabulary() -> None:
    assert tokens(pieces("hello world", 40)) == [101, 7592, 2088, 102]
