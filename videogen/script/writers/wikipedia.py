"""Wikipedia's own sentences as a narration: the topic's article, found and condensed.

Protocol: https://www.mediawiki.org/wiki/Extension:TextExtracts and API:Search. Text is CC BY-SA
4.0: every article used is credited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from videogen.domain import Brief, Credit, Script
from videogen.errors import ScriptError, WriterUnavailable
from videogen.http.client import Client
from videogen.http.errors import ErrorTranslation
from videogen.script.writers.base import Fault
from videogen.script.writers.condensing import Article, condensed
from videogen.settings import DEFAULT_PATIENCE

SECONDS = 10.0
MOST_ARTICLES = 5
# An article is condensed to its better half; a shorter one is told with those found next to it.
ENOUGH = 2.0
LICENSE = "CC BY-SA 4.0"
_OWN_HOST = "en.wikipedia.org"
# espeak-ng's name of Mandarin against the encyclopedia's.
_EDITIONS = {"cmn": "zh"}
_ERRORS = ErrorTranslation(
    unreachable=WriterUnavailable,
    unusable=WriterUnavailable,
    busy=WriterUnavailable,
    opening="Wikipedia can't be used: ",
    cure="Check the network and WIKIPEDIA_BASE_URL, choose another --writer, or give a text by "
    "--script.",
    busy_cure="Come back at {back}, set VIDEOGEN_PATIENCE to wait longer, or choose another "
    "--writer.",
)
_ARTICLE = {
    "prop": "extracts|info|pageprops",
    "explaintext": "1",
    "exsectionformat": "wiki",
    "redirects": "1",
    "inprop": "url",
    "ppprop": "disambiguation",
}


class _Page(BaseModel):
    title: str
    extract: str = ""
    fullurl: str = ""
    pageprops: Mapping[str, str] = {}

    @property
    def tells(self) -> bool:
        """Whether it is an article, not a list of articles of the same name."""
        return bool(self.extract.strip()) and "disambiguation" not in self.pageprops


class _Hit(BaseModel):
    title: str


class _Query(BaseModel):
    pages: tuple[_Page, ...] = ()
    search: tuple[_Hit, ...] = ()


class _Answer(BaseModel):
    query: _Query = _Query()


class WikipediaWriter:
    """Condenses the article on the topic, and those found with it where one is too short."""

    name = "wikipedia"

    def __init__(
        self, base_url: str, patience: float = DEFAULT_PATIENCE, seconds: float = SECONDS
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._patience = patience
        self._seconds = seconds
        self._known: dict[tuple[str, ...], _Query] = {}
        self._articles: dict[str, Article] = {}

    def has_article(self, topic: str, language: str) -> bool:
        """Tell whether there is anything to condense; asks the network, and waits for nothing.

        Raises:
            WriterUnavailable: Wikipedia can't be reached.
        """
        return next(self._pages(topic, language, 0.0), None) is not None

    def write(self, brief: Brief) -> Script:
        """Return the articles' sentences, shortened to the words of the brief.

        Raises:
            WriterUnavailable: Wikipedia can't be reached.
            ScriptError: it has no article on the topic.
        """
        needed = brief.words_per_scene * brief.scene_count * ENOUGH
        articles: list[Article] = []
        for page in self._pages(brief.topic, brief.language, self._patience):
            articles.append(self._read(page, brief.language))
            if sum(article.words for article in articles) >= needed:
                break
        if not articles:
            raise ScriptError(
                f"Wikipedia has no article on {brief.topic!r}",
                cure="Word the topic differently, or choose another --writer.",
            )
        used, scenes = condensed(articles, brief)
        sources = tuple(
            Credit(article.title, "Wikipedia contributors", LICENSE, article.url)
            for article in used
        )
        titles = ", ".join(article.title for article in used)
        note = f"The narration is condensed from Wikipedia ({titles}; {LICENSE})."
        return Script(used[0].title, scenes, self.name, note, sources)

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:  # noqa: ARG002
        """Return the articles condensed anew to the rate that the first script was spoken at."""
        return self.write(brief)

    def _read(self, page: _Page, language: str) -> Article:
        """Return a page's sentences, split once."""
        if page.fullurl not in self._articles:
            article = Article.of(page.title, page.extract, page.fullurl, language)
            self._articles[page.fullurl] = article
        return self._articles[page.fullurl]

    def _pages(self, topic: str, language: str, patience: float) -> Iterator[_Page]:
        """Yield articles, the topic's own first, then those that a search for it finds."""
        # Both signs mean something else in a title: several titles, and a section.
        title = topic.replace("|", " ").replace("#", " ")
        seen: set[str] = set()
        for name in self._names(title, language, patience):
            for page in self._query(language, _ARTICLE | {"titles": name}, patience).pages:
                if page.tells and page.title not in seen:
                    seen.add(page.title)
                    yield page

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
        with Client(address, _ERRORS, seconds=self._seconds, patience=patience) as client:
            return client.ask("/w/api.php", parameters, _Answer).query


def edition(base_url: str, language: str) -> str:
    """Return the address of the encyclopedia in a language; any other address stays as it is."""
    code = _EDITIONS.get(language, language[:2])
    return base_url.replace(_OWN_HOST, f"{code}.wikipedia.org")
