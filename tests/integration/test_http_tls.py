"""The way out over TLS, as all real services are reached."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from fakes.web import Reply, Web

from videogen.errors import FootageError, Interrupted
from videogen.footage.fetch.client import footage_client
from videogen.http import network, transport
from videogen.http.limits import Budget


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Web]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with Web(context).running() as server:
        server.pages["/file"] = lambda _asked: Reply(b"x" * 100_000)
        yield server


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Let the test's own authority be trusted, as a system's store would be."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    transport.tls.cache_clear()
    yield
    transport.tls.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_another_host_is_called_by_address_asked_for_by_name_and_told_no_key(
    secure: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "is_public", lambda _address: True)
    out = footage_client("https://example.org", Budget(60.0), {"api_key": "for example.org alone"})
    assert len(out.read(f"{secure.url}/file", 200_000)) == 100_000
    assert secure.asked[0].query == {}
    out.close()


@pytest.mark.usefixtures("trusted")
def test_a_redirect_to_another_host_takes_no_private_header_along(
    secure: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "is_public", lambda _address: True)
    private = {"Authorization": "for one alone", "Referer": "https://my.site/"}
    away = Reply(b"", status=302, headers={"Location": f"{secure.url}/file"})
    with Web().running() as base:
        base.pages["/moved"] = lambda _asked: away
        with footage_client(base.url, Budget(60.0), headers=private) as out:
            assert len(out.read(f"{base.url}/moved", 200_000)) == 100_000
            assert len(out.read(f"{secure.url}/file", 200_000)) == 100_000
        assert (
            private.items()
            <= {name.title(): value for name, value in base.asked[0].headers.items()}.items()
        )
    assert len(secure.asked) == 2
    for asked in secure.asked:
        assert not {"authorization", "referer"} & set(asked.headers)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Web) -> None:
    out = footage_client(secure.url, Budget(60.0))
    with pytest.raises(FootageError, match="no connection"):
        out.read(f"{secure.url}/file", 200_000)
    out.close()


@pytest.mark.usefixtures("trusted")
def test_closing_ends_a_call_that_waits_behind_tls(secure: Web) -> None:
    arrived = threading.Event()
    raised: list[BaseException] = []

    def wait(_asked: object) -> Reply:
        arrived.set()
        secure.stopping.wait()
        return Reply(b"")

    def call() -> None:
        try:
            out.read(f"{secure.url}/wait", 10)
        except Interrupted as exc:
            raised.append(exc)

    secure.pages["/wait"] = wait
    out = footage_client(secure.url, Budget(60.0))
    thread = threading.Thread(target=call)
    thread.start()
    assert arrived.wait(10)
    out.close()
    thread.join(10)
    assert len(raised) == 1
