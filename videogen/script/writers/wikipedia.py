"""Wikipedia's own sentences as a narration: the topic's article, found and condensed."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.domain.script import Brief, Script
from videogen.errors import ScriptError, WriterUnavailable
from videogen.script.encyclopedia import ADDRESS, LICENSE, SECONDS, Encyclopedia, Page
from videogen.script.writers.article import Article
from videogen.script.writers.base import Fault, ScriptWriter
from videogen.script.writers.condensing import condensed
from videogen.script.writers.provider import Assignment, WriterProvider
from videogen.settings import DEFAULT_PATIENCE

# An article is condensed to its better half; a shorter one is told with those found next to it.
ENOUGH = 2.0
_PROBE_SECONDS = 15.0
_CURE = (
    "Check the network and WIKIPEDIA_BASE_URL, choose another --writer, or give a text by --script."
)


class WikipediaWriter:
    """Condenses the article on the topic, and those found with it where one is too short."""

    name = "wikipedia"

    def __init__(
        self, base_url: str, patience: float = DEFAULT_PATIENCE, seconds: float = SECONDS
    ) -> None:
        self._encyclopedia = Encyclopedia(base_url, patience, seconds, cure=_CURE)
        self._articles: dict[str, Article] = {}

    def has_article(self, topic: str, language: str) -> bool:
        """Tell whether there is anything to condense; asks the network, and waits for nothing.

        Raises:
            WriterUnavailable: Wikipedia can't be reached.
        """
        found = self._encyclopedia.articles(topic, language, waits=False)
        return next(found, None) is not None

    def write(self, brief: Brief) -> Script:
        """Return the articles' sentences, shortened to the words of the brief.

        Raises:
            WriterUnavailable: Wikipedia can't be reached.
            ScriptError: it has no article on the topic.
        """
        needed = brief.words_per_scene * brief.scene_count * ENOUGH
        pages: dict[str, Page] = {}
        articles: list[Article] = []
        for page in self._encyclopedia.articles(brief.topic, brief.language):
            article = self._read(page, brief.language)
            if not article.chapters:
                continue
            pages[page.title] = page
            articles.append(article)
            if sum(article.words for article in articles) >= needed:
                break
        if not articles:
            raise ScriptError(
                f"Wikipedia has no article on {brief.topic!r}",
                cure="Word the topic differently, or choose another --writer.",
            )
        used, scenes = condensed(articles, brief)
        sources = tuple(pages[article.title].credit for article in used)
        titles = ", ".join(article.title for article in used)
        note = (
            f"The narration is condensed from Wikipedia ({titles}; {LICENSE}): "
            "the whole video may be published under the same licence only."
        )
        return Script(used[0].title, scenes, self.name, note, sources)

    def revise(self, brief: Brief, script: Script, faults: Sequence[Fault]) -> Script:  # noqa: ARG002
        """Return the articles condensed anew to the rate that the first script was spoken at."""
        return self.write(brief)

    def _read(self, page: Page, language: str) -> Article:
        """Return a page's sentences, split once."""
        if page.url not in self._articles:
            self._articles[page.url] = Article.of(page.title, page.extract, page.url, language)
        return self._articles[page.url]


def _open(task: Assignment) -> ScriptWriter:
    return WikipediaWriter(task.settings.value_of(ADDRESS), task.settings.patience)


def _lack(writer: ScriptWriter, task: Assignment) -> str:
    try:
        found = isinstance(writer, WikipediaWriter) and writer.has_article(
            task.topic, task.language
        )
    except WriterUnavailable:
        return "no Wikipedia"
    return "" if found else "no article in Wikipedia"


def _probe(task: Assignment) -> str:
    address = task.settings.value_of(ADDRESS)
    encyclopedia = Encyclopedia(address, task.settings.patience, _PROBE_SECONDS)
    page = next(encyclopedia.articles(task.topic, task.language, waits=False), None)
    if page is None:
        what = f"It answers, but has no article {task.topic!r}"
        raise ScriptError(what, command=ADDRESS.setting)
    return f"the article “{page.title}”"


PROVIDER = WriterProvider(
    open=_open,
    probe=_probe,
    lack=_lack,
    address=ADDRESS,
    gives="the topic's article, shortened sentence by sentence and credited; CC BY-SA, which **binds the "
    "whole video**",
)
