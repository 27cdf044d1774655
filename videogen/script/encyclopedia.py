"""Wikipedia's articles on a topic, each asked for once, and their names in English.

Protocol: https://www.mediawiki.org/wiki/Extension:TextExtracts, API:Search and
API:Langlinks. Text is CC BY-SA
4.0: every article used is credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, Field

from videogen.domain.script import Credit
from videogen.errors import WriterUnavailable
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation
from videogen.provider import Variable
from videogen.settings import DEFAULT_PATIENCE

ADDRESS = Variable(
    "WIKIPEDIA_BASE_URL",
    "another Wikipedia than the one of the voice's language",
    "https://en.wikipedia.org",
)

SECONDS = 10.0
MOST_ARTICLES = 5
LICENSE = "CC BY-SA 4.0"
_OWN_HOST = "en.wikipedia.org"
_ERRORS = ErrorTranslation(
    unreachable=WriterUnavailable,
    unusable=WriterUnavailable,
    busy=WriterUnavailable,
    opening="Wikipedia can't be used: ",
    busy_cure="Come back at {back}, set VIDEOGEN_PATIENCE to wait longer, or do without it.",
)
_ARTICLE = {
    "prop": "extracts|info|pageprops",
    "explaintext": "1",
    "exsectionformat": "wiki",
    "redirects": "1",
    "inprop": "url",
    "ppprop": "disambiguation",
}
MOST_TITLES = 50  # in one question
_LINKS = {"prop": "langlinks", "lllang": "en", "lllimit": "max", "redirects": "1"}
_NO_TITLE = re.compile(r"[|#<>\[\]{}]")
_IN_BRACKETS = re.compile(r" \([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Page:
    """An article as plain text with `== wiki ==` headings."""

    title: str
    extract: str
    url: str

    @property
    def credit(self) -> Credit:
        """Whom to name for it, and under which licence."""
        return Credit(self.title, "Wikipedia contributors", LICENSE, self.url)


class _Link(BaseModel):
    title: str


class _FoundPage(BaseModel):
    title: str
    langlinks: tuple[_Link, ...] = ()
    extract: str = ""
    fullurl: str = ""
    pageprops: Mapping[str, str] = {}

    @property
    def tells(self) -> bool:
        """Whether it is an article, not a list of articles of the same name."""
        return bool(self.extract.strip()) and "disambiguation" not in self.pageprops


class _Hit(BaseModel):
    title: str


class _Renamed(BaseModel):
    asked: str = Field(alias="from")
    to: str


class _Query(BaseModel):
    normalized: tuple[_Renamed, ...] = ()
    redirects: tuple[_Renamed, ...] = ()
    pages: tuple[_FoundPage, ...] = ()
    search: tuple[_Hit, ...] = ()


class _Answer(BaseModel):
    query: _Query = _Query()


class Encyclopedia:
    """Finds articles; the `cure` says what to do where there is no Wikipedia.

    Raises:
        WriterUnavailable: Wikipedia can't be reached.
    """

    def __init__(
        self,
        base_url: str,
        patience: float = DEFAULT_PATIENCE,
        seconds: float = SECONDS,
        *,
        cure: str = "Check the network and WIKIPEDIA_BASE_URL.",
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._patience = patience
        self._seconds = seconds
        self._errors = replace(_ERRORS, cure=cure)
        self._known: dict[tuple[str, ...], _Query] = {}

    def articles(self, topic: str, language: str, *, waits: bool = True) -> Iterator[Page]:
        """Yield articles, the topic's own first, then those that a search for it finds.

        Where it shall not wait, a service that asks for patience counts as not there.
        """
        patience = self._patience if waits else 0.0
        # Both signs mean something else in a title: several titles, and a section.
        title = topic.replace("|", " ").replace("#", " ")
        seen: set[str] = set()
        for name in self._names(title, language, patience):
            for page in self._query(language, _ARTICLE | {"titles": name}, patience).pages:
                if page.tells and page.title not in seen:
                    seen.add(page.title)
                    yield Page(page.title, page.extract, page.fullurl)

    def in_english(self, titles: Sequence[str], language: str) -> Mapping[str, str]:
        """Return what things that have an article in a language are called in English.

        It waits for nothing: a service that asks for patience counts as not there.
        """
        # A title with one of these is another thing to the service, or nothing.
        asked = [one for one in dict.fromkeys(titles) if one and not _NO_TITLE.search(one)]
        found: dict[str, str] = {}
        for start in range(0, len(asked), MOST_TITLES):
            batch = asked[start : start + MOST_TITLES]
            query = self._query(language, _LINKS | {"titles": "|".join(batch)}, 0.0)
            renamed = {one.asked: one.to for one in query.normalized}
            redirected = {one.asked: one.to for one in query.redirects}
            links = {page.title: page.langlinks for page in query.pages}
            for title in batch:
                name = renamed.get(title, title)
                for link in links.get(redirected.get(name, name), ()):
                    found[title] = _IN_BRACKETS.sub("", link.title)
        return found

    def _names(self, topic: str, language: str, patience: float) -> Iterator[str]:
        yield topic
        asked = {"list": "search", "srsearch": topic, "srlimit": str(MOST_ARTICLES)}
        yield from (hit.title for hit in self._query(language, asked, patience).search)

    def _query(self, language: str, asked: Mapping[str, str], patience: float) -> _Query:
        """Return an answer, asked for once."""
        key = (language, *asked.values())
        if key not in self._known:
            self._known[key] = self._fetch(language, asked, patience)
        return self._known[key]

    def _fetch(self, language: str, asked: Mapping[str, str], patience: float) -> _Query:
        parameters = {"action": "query", "format": "json", "formatversion": "2", **asked}
        address = edition(self._base_url, language)
        with Client(address, self._errors, seconds=self._seconds, patience=patience) as client:
            return client.ask("/w/api.php", parameters, _Answer).query


def edition(base_url: str, language: str) -> str:
    """Return the address of the encyclopedia in a language; any other address stays as it is."""
    return base_url.replace(_OWN_HOST, f"{language[:2]}.wikipedia.org")
