"""Where a sentence ends in the languages that no model here parses."""

from __future__ import annotations

import pytest

from videogen.language.sentences import sentences


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("it", ("La corrente corre a 9 km/h.", "Tra noi c'è acqua.")),
        ("it", ("È alto 5 m.", "Il dott. Rossi e J. R. Tolkien vivono in via Po n. 5.", "Fine.")),
        ("it", ("Nel 300 a.C. il re morì.", "Il prof. Bianchi lo sa!", "E tu?")),
        ("pt-br", ("O Sr. Silva pesa 80 kg.", "A Dra. Ana mora na Av. Paulista.", "Fim.")),
        ("fr-fr", ("M. Dupont vit à 3 km.", "Il y a 5 %.", "Mme Rose vint en 52 av. J.-C. ici.")),
        ("fr-fr", ("Il a dit : « Non ! »", "Puis il partit.", "« Hé ! » cria-t-il.")),
        (
            "es",
            ("El Sr. Pérez vive en EE. UU. desde 1990.", "¡Ya!", "¿Son 5 m?", "Son 5 m.", "Sí."),
        ),
        ("hi", ("यह 5 कि.मी. दूर है।", "डॉ. सिंह ने कहा।", "अंत?", "हाँ।")),
    ],
)
def test_a_sentence_ends_behind_a_measure_and_not_behind_what_is_shortened(
    language: str, parts: tuple[str, ...]
) -> None:
    assert sentences(" ".join(parts), language) == list(parts)


def test_a_quotation_that_ends_within_a_sentence_is_not_cut_from_its_mark() -> None:
    assert sentences("「行こう！」と彼は言った。雨だ。", "ja") == [
        "「行こう！」と彼は言った。",
        "雨だ。",
    ]
