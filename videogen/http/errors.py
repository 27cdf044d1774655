"""The one place where faults of the network become errors of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from videogen.errors import VideogenError
from videogen.http.network import ForbiddenAddress

_MOST_QUOTED = 200  # characters


class RefusedBody(httpx.TransportError):
    """A body is longer than allowed, or packed in a way that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one HTTP status of a service means."""

    kind: type[VideogenError]
    what: str
    cure: str = ""
    command: str = ""

    def of(self, url: httpx.URL) -> VideogenError:
        """Return it as an error at an address."""
        return self.kind(self.what, where=place(url), cure=self.cure, command=self.command)


@dataclass(frozen=True, slots=True)
class ErrorTranslation:
    """Which of our errors a service's faults become, and what to do about them.

    `unreachable` is no connection or no answer, `unusable` an answer that is no good, `busy` one
    that asks for more patience than there is; `statuses` are the exceptions, `file_statuses` those
    where a file was asked for, and `challenge` is a page that only a person's browser gets past.
    `opening` begins each sentence; `busy_cure` may name the time `{back}`.
    """

    unreachable: type[VideogenError]
    unusable: type[VideogenError]
    busy: type[VideogenError]
    opening: str = ""
    cure: str = ""
    busy_cure: str = ""
    statuses: Mapping[int, Meaning] = field(default_factory=dict)
    file_statuses: Mapping[int, Meaning] = field(default_factory=dict)
    challenge: Meaning | None = None

    def of_error(
        self, error: httpx.HTTPError | httpx.InvalidURL, url: httpx.URL | None, seconds: float
    ) -> VideogenError:
        """Return what an error of the client's means; `seconds` is how long an answer may take."""
        where = place(url) if url else ""
        return self.unreachable(self.opening + _fault(error, seconds), where=where, cure=self.cure)

    def of_file(self, response: httpx.Response) -> VideogenError:
        """Return what it means that a file was not sent."""
        url, known = response.request.url, self.file_statuses.get(response.status_code)
        if known and not _is_challenge(response):
            return known.of(url)
        return self.of_answer(response)

    def of_answer(self, response: httpx.Response) -> VideogenError:
        """Return what an answer means that is no success."""
        url = response.request.url
        if self.challenge and _is_challenge(response):
            return self.challenge.of(url)
        return self.of_status(response.status_code, url)

    def of_status(self, status: int, url: httpx.URL, said: str = "") -> VideogenError:
        """Return what a status means; `said` is the service's own word on it, where it is fit."""
        if known := self.statuses.get(status):
            return known.of(url)
        what = f"{self.opening}The service answered {status}"
        if said:
            what = f"{what}: {said[:_MOST_QUOTED]}"
        return self.unusable(what, where=place(url), cure=self.cure)

    def of_nonsense(
        self, url: httpx.URL | None = None, what: str = "The answer is not what was agreed"
    ) -> VideogenError:
        """Return what an answer means that can't be used."""
        where = place(url) if url else ""
        return self.unusable(self.opening + what, where=where, cure=self.cure)

    def of_wait(self, seconds: float, url: httpx.URL) -> VideogenError:
        """Return what it means that a service asks for so many seconds of patience."""
        back = f"{datetime.now().astimezone() + timedelta(seconds=seconds):%H:%M:%S}"
        what = f"{self.opening}The service asks to be left alone for {seconds:.0f} s"
        return self.busy(what, where=place(url), cure=self.busy_cure.format(back=back))


def place(url: httpx.URL) -> str:
    """Return what of an address may be shown: never its query, never its user."""
    # The host as it is sent: its Unicode form is not to be had of every one.
    return f"{url.raw_host.decode()}{url.raw_path.partition(b'?')[0].decode()}"[:160]


def _is_challenge(response: httpx.Response) -> bool:
    """Tell whether Cloudflare wants proof of a person before it lets anyone through."""
    return "challenge" in response.headers.get("cf-mitigated", "")


def _fault(error: httpx.HTTPError | httpx.InvalidURL, seconds: float) -> str:
    if isinstance(error, RefusedBody | httpx.UnsupportedProtocol):
        return str(error)
    if isinstance(error.__cause__, ForbiddenAddress):
        return "The address is not on the public internet"
    known = {
        httpx.TimeoutException: f"No answer came in time ({seconds:.3g} s)",
        httpx.InvalidURL: "The address can't be read",
        httpx.TooManyRedirects: "The address leads in circles",
        httpx.ProxyError: f"The proxy refuses: {error}",
        httpx.ConnectError: f"There is no connection: {error}",
    }
    found = (said for kind, said in known.items() if isinstance(error, kind))
    return next(found, "The connection broke")
