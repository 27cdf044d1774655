"""What open archives ask of programs: that they say who they are, and come few at a time."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fakes.loopback import Request
from fakes.web import Asked

# As https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy is enforced.
AGENT_REFUSED = b"Please set a user-agent and respect our robot policy https://w.wiki/4wJS.\n"


def names_a_contact(asked: Asked | Request) -> bool:
    """Whether the request's agent tells where its maintainers are found."""
    agent = asked.headers.get("user-agent", "")
    return bool(re.search(r"\((?=[^)]*(?:https?://|@))[^)]+\)", agent))


class Door:
    """Lets so many requests in at once; with `linger`, each waits so many seconds for company."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.linger = 0.0
        self.peak = 0
        self._inside = 0
        self._moved = threading.Condition()

    @contextmanager
    def entered(self) -> Iterator[bool]:
        """Tell whether there was room."""
        with self._moved:
            self._inside += 1
            self.peak = max(self.peak, self._inside)
            self._moved.notify_all()
            self._moved.wait_for(lambda: self.peak > self.most, self.linger)
            has_room = self._inside <= self.most
        try:
            yield has_room
        finally:
            with self._moved:
                self._inside -= 1
