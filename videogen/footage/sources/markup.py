"""What a person reads of the HTML that services put into their fields."""

from __future__ import annotations

from html.parser import HTMLParser

_UNREAD = frozenset({"style", "script"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_BREAKING = frozenset({"br", "hr", "p", "div", "li", "td", "th", "tr", "dd", "dt"})


def plain_text(html: str) -> str:
    """Return the text of HTML in single spaces, its English part where parts name languages."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.english or reader.text).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.english: list[str] = []
        # The open elements: name, whether it is read, whether it is English.
        self._open: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        if tag in _VOID:
            return
        _, is_read, is_english = self._open[-1] if self._open else ("", True, False)
        language = dict(attrs).get("lang")
        if language:
            is_english = language.lower().split("-")[0] == "en"
        self._open.append((tag, is_read and tag not in _UNREAD, is_english))

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        if any(name == tag for name, _, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        _, is_read, is_english = self._open[-1] if self._open else ("", True, False)
        if is_read:
            self.text.append(data)
        if is_read and is_english:
            self.english.append(data)

    def _break(self, tag: str) -> None:
        if tag in _BREAKING:
            self.handle_data(" ")
