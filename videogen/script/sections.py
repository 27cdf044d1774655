"""A text by its headings, and how much a reader would miss each part of it; pure.

Headings are written as in a wiki: `== History ==`, and `=== Early years ===` beneath it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

_HEADING = re.compile(r"^(={1,6})\s*(.+?)\s*\1$")


class Importance(IntEnum):
    """What a reader comes for first, and what nobody would miss."""

    APPENDIX = 0
    ASIDE = 1
    USUAL = 2
    STORY = 3
    INTRODUCTION = 4


# Beginnings of words in headings, in the languages that voices speak.
_APPENDIX = (
    r"(?:see also|references?|notes|explanatory notes|footnotes|citations|sources|bibliography|"
    r"works cited|literature|further reading|external links|gallery|image gallery|"
    r"selected (?:works|publications|bibliography)|"
    r"referencias|notas|véase también|enlaces externos|bibliografía|"
    r"voir aussi|notes et références|références|liens externes|bibliographie|annexes|"
    r"note|voci correlate|altri progetti|collegamenti esterni|bibliografia|"
    r"ver também|referências|ligações externas|"
    r"literatur|einzelnachweise|weblinks|siehe auch|anmerkungen|"
    r"脚注|注釈|出典|参考文献|関連項目|外部リンク|注释|注釋|参考资料|參考資料|参见|參見|外部链接|外部連結|"
    r"सन्दर्भ|संदर्भ|इन्हें भी देखें|बाहरी कड़ियाँ)"
)
_APPENDICES = re.compile(rf"(?i){_APPENDIX}(?:(?:, | and | & ){_APPENDIX})*")
_ASIDES = re.compile(
    r"(?i)\b(?:popular culture|in (?:fiction|media|literature|art|film|music)|trivia|etymolog|name|"
    r"naming|terminolog|nomenclature|pronunciation|spelling|orthograph|synonym|taxonom|"
    r"awards?|honou?rs|filmograph|discograph|publications|(?<!it )(?<!they )works|list of|"
    r"statistics|records|demograph|twin towns|sister cities|administrative|heraldry|symbols|"
    r"merchandise|adaptations?|depictions?|portrayals?|tributes?|anecdotes|ranks?|"
    r"cultura popular|culture populaire|cultura di massa|nella cultura|populärkultur|étymolog|"
    r"etimolog|toponym|(?:nombre|nom|nome|premios|prix|premi)\b)"
)
_STORIES = re.compile(
    r"(?i)\b(?:histor|origin|background|cause|prelude|discover|invent|develop|construct|build|"
    r"design|descri|characteristic|anatomy|structure|how|mechanism|principle|operation|function|"
    r"process|physics|chemistry|formation|geolog|geograph|climate|ecolog|habitat|behaviou?r|"
    r"diet|feeding|reproduc|life|biograph|early|childhood|youth|career|reign|rule|voyage|journey|"
    r"expedition|battle|siege|campaign|course|eruption|sinking|collision|accident|disaster|attack|"
    r"outbreak|collapse|fall|rise|decline|death|use|application|effect|impact|consequence|"
    r"aftermath|result|casualt|damage|significan|importan|legacy|influence|today|modern|present|"
    r"conservation|threat|future|relief|rescue|recovery|society|economy|culture|religion|"
    r"historia|causas|consecuencias|descripción|biografía|"
    r"histoire|conséquences|description|biographie|storia|cause|conseguenze|descrizione|"
    r"história|consequências|descrição|geschichte|ursache|folgen|beschreibung|leben)|"
    r"歴史|概要|原因|影響|生涯|历史|歷史|影响|इतिहास|कारण|प्रभाव"
)
_CLOSINGS = re.compile(
    r"(?i)\b(?:legacy|aftermath|today|modern|present|recent|contemporary|future|impact|effects?|"
    r"consequences?|results?|significance|importance|influence|conservation|recovery|memorial|"
    r"21st|twenty-first|legado|héritage|eredità|nachwirkung|folgen|consecuencias|conséquences)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """The text right under a heading; `headings` go from the outermost, none for what is first."""

    headings: tuple[str, ...]
    text: str

    @property
    def heading(self) -> str:
        """Its own heading."""
        return self.headings[-1] if self.headings else ""

    @property
    def importance(self) -> Importance:
        """How much a reader would miss it, by its headings."""
        if not self.headings:
            return Importance.INTRODUCTION
        if any(_APPENDICES.fullmatch(heading) for heading in self.headings):
            return Importance.APPENDIX
        if any(_ASIDES.search(heading) for heading in self.headings):
            return Importance.ASIDE
        told = any(_STORIES.search(heading) for heading in self.headings)
        return Importance.STORY if told else Importance.USUAL

    @property
    def closes(self) -> bool:
        """Whether it says, by its headings, what came of it all."""
        return any(_CLOSINGS.search(heading) for heading in self.headings)


def sections_of(text: str) -> Iterator[Section]:
    """Yield a text's sections in their order, those with nothing but a heading too."""
    path: list[tuple[int, str]] = []
    lines: list[str] = []
    for line in text.splitlines():
        found = _HEADING.match(line.strip())
        if not found:
            lines.append(line)
            continue
        yield Section(tuple(name for _, name in path), "\n".join(lines).strip())
        depth, lines = len(found[1]), []
        path = [*((level, name) for level, name in path if level < depth), (depth, found[2])]
    yield Section(tuple(name for _, name in path), "\n".join(lines).strip())


def joined(sections: Iterable[Section]) -> str:
    """Return sections as a text again, each heading once, with those it stands under."""
    parts: list[str] = []
    before: tuple[str, ...] = ()
    for section in sections:
        for depth, heading in enumerate(section.headings):
            if section.headings[: depth + 1] != before[: depth + 1]:
                marks = "=" * (depth + 2)
                parts.append(f"{marks} {heading} {marks}")
        parts.append(section.text)
        before = section.headings
    return "\n\n".join(filter(None, parts))
