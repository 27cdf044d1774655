"""Wikipedia's extracts and search, over articles that a test gives."""

from __future__ import annotations

from collections.abc import Mapping

from fakes.loopback import Loopback, Reply, Request, json_reply
from fakes.manners import AGENT_REFUSED, Door, names_a_contact
from fakes.model import Model

FAULTS = {
    "hang": Reply(fault="hang"),
    "endless": Reply(b" " * 65536, fault="endless"),
    "cut connection": Reply(b'{"query": {', fault="cut"),
    "not json": Reply(b"<html>Hotel network</html>", headers={"content-type": "text/html"}),
    "server error": Reply(b"Our servers are currently under maintenance", 503),
    "too many": Reply(b"Too many requests", 429, {"retry-after": "30"}),
}
DISAMBIGUATION = "disambiguation"
NONE: Mapping[str, str] = {}
MOST_TITLES = 50


def article(words: int, *headings: str) -> str:
    """Return an extract of about so many words, an even part of them under each heading."""
    model = Model()
    part = words // (len(headings) + 1)
    sections = [model.text(part)]
    sections += [f"== {heading} ==\n{model.text(part)}" for heading in headings]
    return "\n\n\n".join(sections)


class FakeWikipedia(Loopback):
    """Holds articles by title; a search finds those whose title shares a word with it.

    `english` are the articles that English has too, by their titles there; titles lead to them
    whatever their first letter's case, and by `redirects`.
    Refuses agents that name no contact, and whoever asks twice at once.
    """

    def __init__(
        self,
        articles: Mapping[str, str],
        fault: str = "",
        english: Mapping[str, str] = NONE,
        redirects: Mapping[str, str] = NONE,
    ) -> None:
        super().__init__()
        self.english = english
        self.redirects = redirects
        self.articles = articles
        self.fault = fault
        self.door = Door(1)

    def answer(self, request: Request) -> Reply:
        if self.fault:
            return FAULTS[self.fault]
        if not names_a_contact(request):
            return Reply(AGENT_REFUSED, 403, {"content-type": "text/plain"})
        with self.door.entered() as has_room:
            return self._answer(request) if has_room else FAULTS["too many"]

    def _answer(self, request: Request) -> Reply:
        query = request.query
        assert request.path == "/w/api.php"
        assert (query["action"], query["format"], query["formatversion"]) == ("query", "json", "2")
        if query.get("prop") == "langlinks":
            return self._links(query)
        return self._search(query) if query.get("list") == "search" else self._pages(query)

    def _links(self, query: Mapping[str, str]) -> Reply:
        titles = query["titles"].split("|")
        assert len(titles) <= MOST_TITLES
        assert (query["lllang"], query["lllimit"], query["redirects"]) == ("en", "max", "1")
        upper = {one: one[:1].upper() + one[1:] for one in titles}
        renamed = {one: name for one, name in upper.items() if one != name}
        moved = {name: self.redirects[name] for name in upper.values() if name in self.redirects}
        pages = [self._linked(name) for name in dict.fromkeys(map(self._led, upper.values()))]
        answer = {"normalized": _told(renamed), "redirects": _told(moved), "pages": pages}
        return json_reply({"batchcomplete": True, "query": answer})

    def _led(self, title: str) -> str:
        return self.redirects.get(title, title)

    def _linked(self, title: str) -> dict[str, object]:
        if title not in self.english:
            return {"ns": 0, "title": title, "missing": True}
        links = [{"lang": "en", "title": self.english[title]}]
        return {"pageid": 1, "ns": 0, "title": title, "langlinks": links}

    def _search(self, query: Mapping[str, str]) -> Reply:
        words = set(query["srsearch"].casefold().split())
        found = [title for title in self.articles if words & set(title.casefold().split())]
        hits = [{"ns": 0, "title": title} for title in found[: int(query["srlimit"])]]
        return json_reply({"batchcomplete": True, "query": {"search": hits}})

    def _pages(self, query: Mapping[str, str]) -> Reply:
        title = query["titles"]
        page: dict[str, object] = {"ns": 0, "title": title}
        address = f"{self.url}/wiki/{title.replace(' ', '_')}"
        if len(title.encode()) > 255:
            page |= {"invalid": True, "invalidreason": "The requested page title is too long."}
        elif title not in self.articles:
            page |= {"missing": True, "fullurl": address}
        elif self.articles[title] == DISAMBIGUATION:
            props = {"disambiguation": ""}
            page |= {"extract": f"{title} may refer to:", "pageprops": props, "fullurl": address}
        else:
            page |= {"pageid": 1, "extract": self.articles[title], "fullurl": address}
        return json_reply({"batchcomplete": True, "query": {"pages": [page]}})


def _told(renamed: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"fromencoded": False, "from": one, "to": other} for one, other in renamed.items()]
