"""How each language but English writes and says its figures, by espeak-ng's name of it."""

from __future__ import annotations

import re

from num2words import num2words

from videogen.language.speech.figures import Figures
from videogen.language.speech.markup import Address
from videogen.language.speech.roman import value
from videogen.language.speech.rules import rule


def _french_ordinal(match: re.Match[str]) -> str:
    count = int(match[1]) if match[1].isdigit() else value(match[1])
    return str(num2words(count, lang="fr", to="ordinal"))


def _units(*names: str) -> dict[str, str]:
    return dict(zip(("km/h", "km²", "km", "m", "kg", "°C"), names, strict=True))


FIGURES: dict[str, Figures] = {
    "es": Figures(
        groups=". ",
        point=",",
        comma="coma",
        of="de",
        to="a",
        clock="y",
        currencies={"€": "euros", "$": "dólares", "US$": "dólares", "£": "libras", "¥": "yenes"},
        units=_units(
            "kilómetros por hora",
            "kilómetros cuadrados",
            "kilómetros",
            "metros",
            "kilos",
            "grados Celsius",
        ),
        address=Address(
            at="arroba", dot="punto", dash="guion", underscore="guion bajo", plus="más"
        ),
        words=(
            rule(r"\bEE\.\s?UU\.", "Estados Unidos"),
            rule(r"\b1\.ª", "primera"),
            rule(r"\b2\.ª", "segunda"),
            rule(r"\b3\.ª", "tercera"),
        ),
    ),
    "fr-fr": Figures(
        groups=" .",
        point=",",
        comma="virgule",
        of="de",
        to="à",
        clock="heures",
        currencies={"€": "euros", "$": "dollars", "£": "livres", "¥": "yens"},
        units=_units(
            "kilomètres heure",
            "kilomètres carrés",
            "kilomètres",
            "mètres",
            "kilos",
            "degrés Celsius",
        ),
        address=Address(
            at="arobase", dot="point", dash="tiret", underscore="tiret bas", plus="plus"
        ),
        words=(
            rule(r"\b(\d{1,2}|[IVXLC]+)(?:e|ᵉ|è?me)\b", _french_ordinal),
            rule(r"(?<=[a-zé]\s)([IVX]{2,})\b", lambda match: str(value(match[1]))),
            rule(r"\bM\.(?=\s[A-ZÉ])", "Monsieur"),
        ),
    ),
    "it": Figures(
        groups=". ",
        point=",",
        comma="virgola",
        of="di",
        to="a",
        clock="e",
        currencies={"€": "euro", "$": "dollari", "£": "sterline", "¥": "yen"},
        units=_units(
            "chilometri orari",
            "chilometri quadrati",
            "chilometri",
            "metri",
            "chili",
            "gradi Celsius",
        ),
        address=Address(
            at="chiocciola", dot="punto", dash="trattino", underscore="trattino basso", plus="più"
        ),
    ),
    "pt-br": Figures(
        groups=". ",
        point=",",
        comma="vírgula",
        of="de",
        to="a",
        clock="e",
        currencies={
            "R$": "reais",
            "US$": "dólares",
            "$": "dólares",
            "€": "euros",
            "£": "libras",
            "¥": "ienes",
        },
        units=_units(
            "quilômetros por hora",
            "quilômetros quadrados",
            "quilômetros",
            "metros",
            "quilos",
            "graus Celsius",
        ),
        address=Address(
            at="arroba", dot="ponto", dash="hífen", underscore="sublinhado", plus="mais"
        ),
    ),
    "hi": Figures(
        groups=",",
        point=".",
        comma="दशमलव",
        of="",
        to="से",
        clock="बजकर",
        currencies={"₹": "रुपये", "$": "डॉलर", "€": "यूरो", "£": "पाउंड"},
        units=_units(
            "किलोमीटर प्रति घंटा", "वर्ग किलोमीटर", "किलोमीटर", "मीटर", "किलो", "डिग्री सेल्सियस"
        ),
        address=Address(at="ऐट", dot="डॉट", dash="डैश", underscore="अंडरस्कोर", plus="प्लस"),
    ),
    "ja": Figures(
        groups=",",
        point=".",
        comma="点",
        of="",
        to="から",
        clock="時",
        currencies={"$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "円"},
        units=_units(
            "キロメートル毎時", "平方キロメートル", "キロメートル", "メートル", "キログラム", "度"
        ),
        address=Address(
            at="アットマーク",
            dot="ドット",
            dash="ハイフン",
            underscore="アンダーバー",
            plus="プラス",
        ),
        words=(
            rule(r"(?<!\d)(\d{1,2}):(\d\d)(?![:\d])", r"\1時\2分"),
            rule(r"(?<=\d)[%\uff05]", "パーセント"),
        ),
        space="",
    ),
    "zh": Figures(
        groups=",",
        point=".",
        comma="点",
        of="",
        to="到",
        clock="点",
        currencies={"$": "美元", "€": "欧元", "£": "英镑", "¥": "元"},
        units=_units("公里每小时", "平方公里", "公里", "米", "公斤", "摄氏度"),
        address=Address(at="艾特", dot="点", dash="杠", underscore="下划线", plus="加"),
        space="",
    ),
}
