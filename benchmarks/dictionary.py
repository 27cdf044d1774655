"""Make the small dictionaries into English, from Unicode's names of pictures and countries.

npm pack cldr-annotations-modern@45.0.0 cldr-localenames-modern@45.0.0
(each unpacked into a folder of its name)
python benchmarks/dictionary.py FOLDER

A picture has a name and keywords in every language: equal names are translations, keywords where
they stand beside the same pictures. Common nouns that no picture stands for come from nouns.tsv.
"""

from __future__ import annotations

import csv
import functools
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from videogen.language.sentences import parsed

HERE = Path(__file__).resolve().parent
INTO = HERE.parent / "videogen" / "language" / "dictionary"
LANGUAGES = ("es", "fr", "it", "pt", "hi", "ja", "zh")
LEAST_ALIKE, LEAST_TOGETHER = 0.7, 2  # Dice's coefficient of two keywords, pictures of both
LONGEST = 24  # letters
_PICTURE = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
# Signs, faces and gestures: no nouns that a narration says of things that are seen.
_NO_THING = re.compile(
    r"face|button|o.clock|thirty|symbol|arrow|triangle|square|circle|:|sign|mark|hand|finger|index|"
    r"fist|person |people|smil|kiss|hug|emoji|letter|input|moon phase|zodiac|mahjong|playing card|"
    r"suit|geta|japanese|squared|diamond|heart|medium|quarter|dashed|button|keycap|tone|gestur|"
    r"cat with|monkey with|\d|^(?:man|woman|men|women) |level|bright|dim|no |not |off|on!|end|back|"
    r"top|soon|new|free|cool|up!|ok|vs|sos"
)

Pictures = Mapping[str, Mapping[str, list[str]]]


def main() -> None:
    """Write a file of `word<tab>English` for each language."""
    packages = Path(sys.argv[1])
    english = _pictures(packages, "en")
    INTO.mkdir(exist_ok=True)
    for language in LANGUAGES:
        # What comes later wins: our own nouns, countries, names, keywords.
        words = {
            **_keywords(english, _pictures(packages, language)),
            **_names(english, _pictures(packages, language)),
            **_countries(packages, language),
            **_nouns(language),
        }
        lines = [f"{word}\t{meant}\n" for word, meant in sorted(words.items())]
        (INTO / f"{language}.txt").write_text("".join(lines), encoding="utf-8")
        print(language, len(lines))


def _pictures(packages: Path, language: str) -> Pictures:
    file = packages / "cldr-annotations-modern" / "annotations" / language / "annotations.json"
    known = json.loads(file.read_bytes())["annotations"]["annotations"]
    return {sign: one for sign, one in known.items() if _PICTURE.match(sign) and "tts" in one}


def _names(english: Pictures, theirs: Pictures) -> dict[str, str]:
    found: dict[str, str] = {}
    for sign, one in english.items():
        [name] = one["tts"]
        if sign in theirs and _is_thing(name):
            for word in re.split(", ?|，", theirs[sign]["tts"][0]):
                found.setdefault(_plain(word), name.lower())
    return {word: name for word, name in found.items() if _is_word(word)}


def _keywords(english: Pictures, theirs: Pictures) -> dict[str, str]:
    ours, other, together = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for sign, one in english.items():
        if sign not in theirs:
            continue
        mine = {*map(_plain, (*one.get("default", ()), *one["tts"]))}
        words = {*map(_plain, (*theirs[sign].get("default", ()), *theirs[sign]["tts"]))}
        ours.update(mine)
        other.update(words)
        together.update((word, name) for word in words for name in mine)
    best: defaultdict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    for (word, name), count in together.items():
        alike = 2 * count / (ours[name] + other[word])
        if alike >= LEAST_ALIKE and count >= LEAST_TOGETHER and _is_thing(name) and _is_word(word):
            best[word] = max(best[word], (alike, name))
    return {word: name for word, (_, name) in best.items()}


def _countries(packages: Path, language: str) -> dict[str, str]:
    def read(code: str) -> Mapping[str, str]:
        file = packages / "cldr-localenames-modern" / "main" / code / "territories.json"
        names = json.loads(file.read_bytes())["main"][code]["localeDisplayNames"]["territories"]
        return {key: name for key, name in names.items() if re.fullmatch(r"[A-Z]{2}|\d{3}", key)}

    english, theirs = read("en"), read(language)
    found = {_plain(theirs[key]): name for key, name in english.items() if key in theirs}
    return {word: name for word, name in found.items() if _is_word(word)}


def _nouns(language: str) -> dict[str, str]:
    with (HERE / "nouns.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {_plain(row[language]): row["en"] for row in rows}


def _plain(word: str) -> str:
    return word.replace("’", "'").strip().lower()


@functools.cache
def _is_thing(name: str) -> bool:
    if not name.isascii() or len(name) > LONGEST or _NO_THING.search(name.lower()):
        return False
    return parsed(f"We saw the {name.lower()}")[-1].pos_ in {"NOUN", "PROPN"}


def _is_word(word: str) -> bool:
    return (
        0 < len(word) <= LONGEST
        and not re.search(r"[\d:()]", word)
        and (len(word) > 1 or not word.isascii())
    )


if __name__ == "__main__":
    main()
