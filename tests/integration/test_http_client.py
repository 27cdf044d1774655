from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from fakes.web import Fault, Reply, Web, as_json
from pydantic import BaseModel

from videogen.errors import FootageError, Interrupted, SourceUnavailable, UnusableClip
from videogen.footage.fetch.client import Refused, footage_client
from videogen.http.client import Client
from videogen.http.limits import Budget, time_limit
from videogen.http.ranged import RangedFile

KEY = "k3y-that-nobody-may-see"
DATA = bytes(range(256)) * 2000


class Answer(BaseModel):
    value: int


@pytest.fixture
def client(web: Web) -> Iterator[Client]:
    web.pages["/answer"] = lambda _asked: as_json({"value": 7})
    web.pages["/data"] = lambda _asked: Reply(DATA, "video/mp4")
    client = footage_client(web.url, Budget(60.0), {"api_key": KEY}, call_seconds=1.5)
    yield client
    client.close()


def ask(client: Client) -> int:
    return client.ask("/answer", {"q": "ships & boats"}, Answer).value


def test_a_question_is_answered_and_carries_the_key(client: Client, web: Web) -> None:
    assert ask(client) == 7
    assert web.asked[0].query == {"q": "ships & boats", "api_key": KEY}


@pytest.mark.parametrize("fault", [Fault.RATE_LIMIT, Fault.SERVER_ERROR])
def test_a_passing_fault_is_tried_again(client: Client, web: Web, fault: Fault) -> None:
    web.fail("/answer", fault, times=1)
    assert ask(client) == 7
    assert web.count("/answer") == 2


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault.RATE_LIMIT, "answered 429"),
        (Fault.SERVER_ERROR, "answered 500"),
        (Fault.HANG, "No answer came in time"),
        (Fault.DRIP, "No answer came in time"),
        (Fault.HTML, "not what was agreed"),
        (Fault.ENDLESS, "More than 8 MB"),
        (Fault.WRONG_LENGTH, "The connection broke"),
        (Fault.CUT_OFF, "The connection broke"),
        (Fault.REDIRECT_TO_FILE, "not https"),
        (Fault.REDIRECT_TO_PRIVATE, "not on the public internet"),
        (Fault.REDIRECT_LOOP, "leads in circles"),
    ],
)
def test_a_lasting_fault_is_told_in_a_line_without_the_key(
    client: Client, web: Web, fault: Fault, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web.fail("/answer", fault)
    with pytest.raises(FootageError, match=what) as raised:
        ask(client)
    assert "\n" not in str(raised.value)
    chain: BaseException | None = raised.value
    while chain is not None:
        assert KEY not in f"{chain!r} {chain}"
        chain = chain.__cause__
    assert KEY not in caplog.text


def test_a_refusal_is_told_apart_and_not_tried_again(client: Client, web: Web) -> None:
    web.fail("/answer", Fault.REFUSED)
    with pytest.raises(Refused):
        ask(client)
    assert web.count("/answer") == 1


def test_a_page_for_browsers_turns_the_service_off_and_says_why(client: Client, web: Web) -> None:
    web.fail("/", Fault.CHALLENGE)
    with pytest.raises(SourceUnavailable, match="a Cloudflare challenge"):
        ask(client)
    with pytest.raises(SourceUnavailable, match="a Cloudflare challenge"):
        client.read(f"{web.url}/data", 1000)


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_file_that_is_not_there_is_no_fault_of_the_service(
    client: Client, web: Web, status: int
) -> None:
    web.pages["/data"] = lambda _asked: Reply(b"AccessDenied", "application/xml", status)
    with pytest.raises(UnusableClip, match="not there"):
        RangedFile(client.read_range, f"{web.url}/data").want(0, 100)


def test_a_service_that_asks_for_an_hour_is_left_alone(client: Client, web: Web) -> None:
    web.fail("/answer", Fault.RATE_LIMIT_FOR_AN_HOUR)
    with pytest.raises(SourceUnavailable, match="3600 s"):
        ask(client)


def test_what_is_asked_in_debug_logs_names_no_key(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(client)
    assert "/answer" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://0.0.0.0/x",
        "http://localhost:9/x",
    ],
)
def test_no_private_address_is_connected_to(client: Client, url: str) -> None:
    with pytest.raises(FootageError, match="not on the public internet"):
        client.read(url, 1000)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "https:///nowhere",
        "concat:/etc/passwd|/etc/hosts",
        "https://exa mple\x00.org/",
        "",
    ],
)
def test_no_address_but_an_https_one_is_read(client: Client, url: str) -> None:
    with pytest.raises(FootageError, match=r"not https|can't be read"):
        client.read(url, 1000)


def test_the_key_goes_nowhere_but_to_the_base_address(client: Client) -> None:
    with Web().running() as other:
        with pytest.raises(FootageError):
            client.read(f"{other.url}/x", 1000)
        assert other.asked == []


def test_a_key_in_a_header_is_sent_to_the_service_as_it_is(web: Web) -> None:
    web.pages["/answer"] = lambda _asked: as_json({"value": 7})
    with footage_client(web.url, Budget(60.0), headers={"Authorization": KEY}) as client:
        assert ask(client) == 7
    assert web.asked[0].headers["authorization"] == KEY


def test_when_the_time_is_over_no_call_is_made(web: Web) -> None:
    now = 0.0
    client = footage_client(web.url, Budget(10.0, clock=lambda: now))
    web.pages["/answer"] = lambda _asked: as_json({"value": 7})
    assert ask(client) == 7
    now = 11.0
    with pytest.raises(SourceUnavailable, match="the 10 s for sourcing are over"):
        ask(client)
    assert web.count("/answer") == 1
    client.close()


def in_thread(call: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as exc:
            raised.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def test_closing_ends_a_call_that_waits_in_another_thread(web: Web) -> None:
    client = footage_client(web.url, Budget(60.0), call_seconds=60.0)
    arrived = threading.Event()

    def wait(_asked: object) -> Reply:
        arrived.set()
        web.stopping.wait()
        return Reply(b"")

    web.pages["/answer"] = wait
    thread, raised = in_thread(lambda: ask(client))
    assert arrived.wait(10)
    client.close()
    thread.join(10)
    assert not thread.is_alive()
    assert isinstance(raised[0], Interrupted)


def test_only_what_is_wanted_of_a_file_is_fetched(client: Client, web: Web) -> None:
    file = RangedFile(client.read_range, f"{web.url}/data")
    file.want(1000, 5000)
    file.seek(1500)
    assert file.read(100) == DATA[1500:1600]
    assert (file.fetched, web.sent, file.size) == (5000, 5000, len(DATA))


def test_nothing_is_fetched_twice(client: Client, web: Web) -> None:
    file = RangedFile(client.read_range, f"{web.url}/data")
    file.want(1000, 1000)
    file.want(500, 2000)
    assert [asked.range for asked in web.asked] == [(1000, 1999), (500, 999), (2000, 2499)]
    file.seek(500)
    assert b"".join(iter(lambda: file.read(2500 - file.tell()), b"")) == DATA[500:2500]


def test_a_file_that_moved_is_looked_for_once(client: Client, web: Web) -> None:
    moved = Reply(b"", status=302, headers={"Location": f"{web.url}/data"})
    web.pages["/moved"] = lambda _asked: moved
    file = RangedFile(client.read_range, f"{web.url}/moved")
    for start in (0, 200_000, 400_000):
        file.want(start, 100)
    assert (web.count("/moved"), web.count("/data")) == (1, 3)


def test_a_file_reads_to_its_end(client: Client, web: Web) -> None:
    file = RangedFile(client.read_range, f"{web.url}/data")
    assert b"".join(iter(lambda: file.read(100_000), b"")) == DATA
    assert file.seek(0, 2) == len(DATA)


def test_a_download_that_is_cut_off_goes_on_where_it_was(client: Client, web: Web) -> None:
    web.fail("/data", Fault.CUT_OFF, times=2)
    file = RangedFile(client.read_range, f"{web.url}/data")
    file.want(0, 100_000)
    assert file.read(100_000) + file.read(100_000) + file.read(100_000) == DATA[:100_000]
    assert file.fetched == 100_000
    assert len(web.asked) == 3


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault.WRONG_RANGE, "Another part"),
        (Fault.SERVER_ERROR, "answered 500"),
        (Fault.ENDLESS, "More than 48 MB"),
        (Fault.REDIRECT_TO_FILE, "not https"),
    ],
)
def test_a_file_that_is_sent_wrongly_is_refused(
    client: Client, web: Web, fault: Fault, what: str
) -> None:
    web.fail("/data", fault)
    with pytest.raises(FootageError, match=what):
        RangedFile(client.read_range, f"{web.url}/data").want(1000, 1000)


def test_a_server_without_ranges_is_read_whole_once(client: Client, web: Web) -> None:
    web.fail("/data", Fault.NO_RANGES)
    file = RangedFile(client.read_range, f"{web.url}/data")
    file.want(1000, 1000)
    file.seek(400_000)
    assert file.read(10) == DATA[400_000:400_010]
    assert len(web.asked) == 1


def test_a_drip_ends_with_the_limit_on_the_whole_of_it(client: Client, web: Web) -> None:
    web.fail("/data", Fault.DRIP)
    with pytest.raises(FootageError), time_limit(0.5):
        RangedFile(client.read_range, f"{web.url}/data").want(0, 1000)


def test_a_file_that_changes_while_it_is_read_is_refused(client: Client, web: Web) -> None:
    file = RangedFile(client.read_range, f"{web.url}/data")
    file.want(0, 100)
    web.pages["/data"] = lambda _asked: Reply(DATA + b"more", "video/mp4")
    with pytest.raises(FootageError, match="changed"):
        file.want(200, 100)
