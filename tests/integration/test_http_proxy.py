"""A company's proxy: taken where it is set, left where it is not wanted, and no way around us."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import trustme
from fakes.proxy import Proxy
from fakes.web import Reply, Web

from videogen.errors import FootageError
from videogen.footage.fetch.client import footage_client
from videogen.http import transport
from videogen.http.client import Client
from videogen.http.limits import Budget

# A name that only the proxy can resolve, as in a closed network.
NAME = "service.test"
BASE = f"http://{NAME}"


@pytest.fixture(autouse=True)
def no_proxy_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def proxy(web: Web) -> Iterator[Proxy]:
    web.pages["/file"] = lambda _asked: Reply(b"through the proxy")
    with Proxy(web.url).running() as running:
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    made = footage_client(BASE, Budget(60.0), call_seconds=5.0)
    yield made
    made.close()


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_plain_request_goes_through_the_proxy_that_is_set(
    client: Client, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, proxy.url)
    assert client.read(f"{BASE}/file", 100) == b"through the proxy"
    assert proxy.lines == [f"GET {BASE}/file HTTP/1.1"]


def test_a_proxy_is_told_its_password_and_nobody_else_is(
    client: Client, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//me:s3cret@"))
    client.read(f"{BASE}/file", 100)
    assert b"Proxy-Authorization: Basic bWU6czNjcmV0" in proxy.heads[0]
    # Nothing listens there.
    monkeypatch.setenv("HTTP_PROXY", "http://me:s3cret@127.0.0.1:9")
    with pytest.raises(FootageError) as raised:
        client.read(f"{BASE}/nothing", 100)
    assert "s3cret" not in f"{raised.value!r} {raised.value.__cause__!r}"


@pytest.mark.parametrize("exempt", [NAME, ".test", "other.org,service.test:80", "*"])
def test_a_name_in_no_proxy_is_reached_without_it(
    client: Client, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, exempt: str
) -> None:
    def nobody_knows(*_asked: object, **_options: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    # The machine's own name service may take minutes to say so.
    monkeypatch.setattr(socket, "getaddrinfo", nobody_knows)
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", exempt)
    with pytest.raises(FootageError, match=r"no connection: service\.test is not found"):
        client.read(f"{BASE}/file", 100)
    assert proxy.lines == []


def test_this_machine_is_never_looked_for_behind_a_proxy(
    web: Web, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    local = footage_client(web.url, Budget(60.0))
    assert local.read(f"{web.url}/file", 100) == b"through the proxy"
    assert proxy.lines == []
    local.close()


@pytest.mark.parametrize(
    "host",
    ["10.1.2.3", "169.254.169.254", "127.0.0.1", "127.1", "2130706433", "[::1]", "localhost"],
)
def test_no_private_address_is_asked_of_a_proxy(
    client: Client, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    with pytest.raises(FootageError, match="not on the public internet"):
        client.read(f"https://{host}/secret", 100)
    assert proxy.lines == []


def test_a_redirect_through_a_proxy_leads_to_no_private_address(
    client: Client, web: Web, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.url)
    place = {"Location": "https://10.0.0.7/secret"}
    web.pages["/away"] = lambda _asked: Reply(b"", status=302, headers=place)
    with pytest.raises(FootageError, match="not on the public internet"):
        client.read(f"{BASE}/away", 100)
    assert proxy.lines == [f"GET {BASE}/away HTTP/1.1"]


@pytest.mark.parametrize("set_to", ["socks5://127.0.0.1:1080", "http://", "nonsense://x"])
def test_a_proxy_that_cannot_be_used_is_said_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, set_to: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", set_to)
    with pytest.raises(FootageError, match="proxy"):
        client.read(f"{BASE}/file", 100)


def test_tls_goes_through_a_tunnel_and_is_checked_against_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(NAME).configure_cert(context)
    transport.tls.cache_clear()
    with Web(context).running() as secure, Proxy(secure.url).running() as proxy:
        secure.pages["/file"] = lambda _asked: Reply(b"in a tunnel")
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        client = footage_client("https://example.org", Budget(60.0))
        assert client.read(f"https://{NAME}/file", 100) == b"in a tunnel"
        assert proxy.lines == [f"CONNECT {NAME}:443 HTTP/1.1"]
        with pytest.raises(FootageError, match="no connection"):
            client.read("https://another.test/file", 100)
        client.close()
    transport.tls.cache_clear()
