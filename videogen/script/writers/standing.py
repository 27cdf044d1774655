"""Which sentences of an article can be spoken, and which of them without the one before; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from videogen.language.sentences import is_english, parsed, sentences
from videogen.language.words import word_count

SHORTEST, LONGEST = 5, 45  # words of a sentence that is worth hearing and can be followed
LONGEST_DEFINITION = 60  # words of the one that can't be left out
# So many lines of one short sentence each, one after the other, are a list.
LIST_LINES, LIST_WORDS = 3, 12

_ASIDE = re.compile(r"[^\S\n]*(?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_PAGE_NUMBER = re.compile(r"(?<=[.!?\"”]):[^\S\n]?\d+(?:[-–]\d+)?(?=\s|$)")
_LOST_SPACE = re.compile(r"(?<=[a-z]{2}\.)(?=[A-Z][a-z])")
_ENDED = re.compile(r"[.!?。！？।]['\"”’»)]*$")
_LIST_LINE = re.compile(r"\d[^.]{0,25}: ")
_ELSEWHERE = re.compile(
    r"(?i)\b(?:see (?:below|above)|(?:shown|noted|mentioned|described|listed) (?:above|below)|"
    r"(?:table|list|figure|image|map|chart)s? (?:below|above)|the following|pictured|"
    # What it announces is told by others, which may be left out.
    r"(?:an?|one|another) (?:\w+ )?(?:event|incident|accident|story) (?:occurred|happened|took place))\b"
)

# First words that speak of something said before.
_LEANING = {
    "en": "also and another both but consequently conversely eventually furthermore he hence her "
    "hers here him his however i instead it its later likewise meanwhile moreover neither nevertheless "
    "nonetheless nor or others she similarly so subsequently such that their them then there "
    "thereafter therefore these they this those thus we which who yet you",
    "es": "él ella ellos ellas esto esta este estos estas eso su sus además pero también",
    "fr": "il elle ils elles ce cet cette ces cela ceci son sa ses leur leurs mais cependant",
    "it": "egli ella esso essa essi lui lei loro questo questa questi queste ciò inoltre ma",
    "pt": "ele ela eles elas este esta estes estas isto isso esse essa seu sua seus suas mas",
    "de": "er sie es dieser diese dieses diesen sein seine ihr ihre jedoch aber dennoch",
}
_PRONOUN = r"(?:he|she|it|they|his|her|its|their|him|them)"
_POINTING = re.compile(
    # the latter; as a result; in this pouch; some of them; some have; in 1831, he; while she was
    r"(?i)(?:the (?:latter|former|others?|same|rest|resulting|following|two|three)\b|"
    r"(?:as a result|for (?:example|instance)|in (?:contrast|addition|turn|response|the meantime)|"
    r"(?:a|the) (?:subsequent|similar|second|third|further|later)|on the other hand|a few (?:days|months|years) later|at the (?:same )?time)\b|"
    r"(?:[\w'’-]+ ){1,3}(?:this|these|those|them|such(?! as))\b|"
    r"(?:some|many|most|few|several|all|each|one|none|\w+ of) "
    r"(?:of them|have|has|had|were|was|are|is|could|can|may|such|these|those)\b|"
    r"only \w+ (?:was|were)\b|"
    rf"(?:although|though|because|while|when|as|if|since|once|before|after|until) {_PRONOUN}\b|"
    rf"[^,]{{3,80}}, {_PRONOUN}\b)"
)
_DEFINITION = re.compile(r"(.{2,60}?) (?:is|was|are|were) ")
_REPLACEABLE = re.compile(r"(It|He|She|They) (?=[a-z])")
_SOMEBODY = re.compile(r"(?i)(he|his|she|her)\b")
_FORMS = {"he": {"he"}, "his": {"he"}, "she": {"she"}, "her": {"she"}}
# "It is said that ...": nothing that could be named.
_NOBODY = re.compile(r"It (?:is|was|has been|took|seems|appears|may|follows)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be spoken after the one before it, and `alone` where it may stand first.

    `alone` is empty where nobody would know what is meant, and names the topic where the text has
    a pronoun for it. `opens` and `ends` tell the first and last of a paragraph.
    """

    text: str
    alone: str
    opens: bool = False
    ends: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return word_count(self.text)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about, as its definition names it, and its pronoun; either may be empty.

    Only the sentence right after `X is ...` or `X was ...` speaks of X for sure.
    """

    name: str = ""
    pronoun: str = ""

    @classmethod
    def of(cls, title: str, introduction: str, language: str) -> Self:
        """Return the subject of an introduction that begins with `X is ...`, X being the title."""
        said = sentences(introduction, language) if is_english(language) else []
        found = _DEFINITION.match(said[0]) if said else None
        # Charles Darwin may be defined as Charles Robert Darwin.
        is_title = found and set(title.casefold().split()) <= set(found[1].casefold().split())
        pronouns = (_REPLACEABLE.match(sentence) for sentence in said[1:])
        pronoun = next((one[1] for one in pronouns if one), "")
        return cls(found[1] if found and is_title else "", pronoun)

    def can_be(self, sentence: str, before: Sequence[str]) -> bool:
        """Tell whether who is meant by a leading `he` or `she` is the subject, or named before."""
        found = _SOMEBODY.match(sentence)
        if not found or not self.pronoun or self.pronoun.lower() in _FORMS[found[1].lower()]:
            return True
        named = parsed(" ".join(before[-2:])).ents if before else ()
        return any(entity.label_ == "PERSON" for entity in named)

    def named_in(self, sentence: str, before: str) -> str:
        """Return a sentence with its leading pronoun named, empty where that is not sure."""
        found = _REPLACEABLE.match(sentence)
        defined = self.name and _DEFINITION.match(before)
        if not (found and defined and defined[1] == self.name and found[1] == self.pronoun):
            return ""
        # Another name before it may be the one that is meant.
        others = found[1] != "It" and re.search(r" (?:met|with|by|of|to) [A-Z][a-z]+", before)
        return "" if others or _NOBODY.match(sentence) else f"{self.name} {sentence[found.end() :]}"


def plain(text: str) -> str:
    """Return a section without pronunciations, remarks in brackets and numbers of pages."""
    while (shorter := _ASIDE.sub("", text)) != text:
        text = shorter
    text = _LOST_SPACE.sub(" ", _PAGE_NUMBER.sub("", text))
    return re.sub(r"[^\S\n]+([,.;:])", r"\1", re.sub(r"[^\S\n]+", " ", text))


def spoken(
    text: str, subject: Subject, language: str, *, introduces: bool = False
) -> Iterator[Sentence]:
    """Yield what can be spoken of a section's plain text; an introduction's first may be longer."""
    is_kept, before = False, ""
    for said in _paragraphs(text, language):
        for place, sentence in enumerate(said):
            defines = introduces and not before
            leans = _leans(sentence, language) and not defines
            alone = subject.named_in(sentence, before) if leans else sentence
            shown = sentence if is_kept and subject.can_be(sentence, said[:place]) else alone
            most = LONGEST_DEFINITION if defines else LONGEST
            is_kept, before = bool(shown) and _is_speakable(sentence, most), sentence
            if is_kept:
                yield Sentence(shown, alone, place == 0, place == len(said) - 1)


def _paragraphs(text: str, language: str) -> Iterator[Sequence[str]]:
    """Yield the sentences of each paragraph; lists are none."""
    lines = [sentences(line, language) for line in text.splitlines() if line.strip()]
    short = [len(said) == 1 and word_count(said[0]) <= LIST_WORDS for said in lines]
    for place, said in enumerate(lines):
        around = range(max(0, place - LIST_LINES + 1), place + 1)
        if not any(
            len(run := short[i : i + LIST_LINES]) == LIST_LINES and all(run) for i in around
        ):
            yield said


def _is_speakable(sentence: str, most: int) -> bool:
    return (
        SHORTEST <= word_count(sentence) <= most
        and bool(_ENDED.search(sentence))
        and not sentence[0].islower()
        and not set("()[]{}\\") & set(sentence)
        and sentence.count('"') % 2 == 0
        and not _LIST_LINE.match(sentence)
        and not _ELSEWHERE.search(sentence)
    )


def _leans(sentence: str, language: str) -> bool:
    code = language[:2].lower()
    first = re.split(r"\W", sentence.casefold(), maxsplit=1)[0]
    return first in _LEANING.get(code, "").split() or (
        code == "en" and bool(_POINTING.match(sentence))
    )
