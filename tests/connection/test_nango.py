"""The connections of a Nango and a page through its proxy: what is sent, and what each refusal says."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.connection.fake_nango import KEY, FakeNango, fake_nango

from nango_scaffold.connection.credentials import Credentials
from nango_scaffold.connection.nango import Nango, PageRequest, choose
from nango_scaffold.errors import ProjectError


@pytest.fixture
def server() -> Iterator[FakeNango]:
    with fake_nango() as running:
        yield running


def nango(host: str, patience: float = 10) -> Nango:
    return Nango(Credentials(KEY, host, "NANGO_SECRET_KEY", "the environment"), patience)


def request(path: str = "/repos/o/r/pulls", **others: Any) -> PageRequest:
    return PageRequest("github", "good", path, others.pop("params", {}), others.pop("headers", {}), **others)


def refusal_of(act: Any, *words: str) -> str:
    with pytest.raises(ProjectError) as refusal:
        act()
    text = f"{refusal.value.what} {refusal.value.fix}"
    assert KEY not in text
    assert all(word in text for word in words), text
    return text


def test_the_connections_whose_credentials_work(server: FakeNango) -> None:
    assert nango(server.url).connections("github") == ["good", "slow"]
    assert server.asked[0][1]["authorization"] == f"Bearer {KEY}"


def test_an_older_nango_has_its_list_elsewhere(server: FakeNango) -> None:
    server.routes["/connection"] = server.routes.pop("/connections")
    assert nango(server.url).connections("github") == ["good", "slow"]


def test_a_page_is_one_get_with_what_the_proxy_asks_for(server: FakeNango) -> None:
    server.routes["/proxy/repos/o/r/pulls"] = (200, [{"id": 1}], {"Link": '<https://x/?page=2>; rel="next"'})
    page = nango(server.url).page(
        request(params={"state": "all", "q": "a b&c"}, headers={"X-Api-Version": "2"})
    )
    assert page.body == [{"id": 1}]
    assert page.headers["link"] == '<https://x/?page=2>; rel="next"'
    ((path, headers),) = server.asked
    assert path == "/proxy/repos/o/r/pulls?state=all&q=a+b%26c"
    expected = {
        "connection-id": "good",
        "provider-config-key": "github",
        "authorization": f"Bearer {KEY}",
        "nango-proxy-x-api-version": "2",
        "retries": "0",
    }
    assert expected.items() <= headers.items()
    assert "base-url-override" not in headers


def test_another_host_of_the_api_is_told_to_the_proxy(server: FakeNango) -> None:
    server.routes["/proxy/files"] = (200, {"files": []})
    nango(server.url).page(request("/files", base_url="https://files.example.com"))
    assert server.asked[0][1]["base-url-override"] == "https://files.example.com"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (400, "refuses the request"),
        (401, "authorize good again"),
        (403, "scopes"),
        (404, "request.path"),
        (424, "authorize good again"),
        (429, "too often"),
        (500, "try again later"),
        (503, "try again later"),
    ],
)
def test_each_refusal_says_what_to_do(server: FakeNango, status: int, word: str) -> None:
    server.routes["/proxy/repos/o/r/pulls"] = (status, {"error": KEY})
    refusal_of(lambda: nango(server.url).page(request()), word, str(status))


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_nango_refuses(server: FakeNango, status: int) -> None:
    server.routes["/connections"] = (status, {"error": KEY})
    refusal_of(
        lambda: nango(server.url).connections("github"), "refuses the secret key", "NANGO_SECRET_KEY of"
    )


def test_a_host_that_is_no_nango(server: FakeNango) -> None:
    server.routes["/connections"] = (200, {"hello": "world"})
    refusal_of(lambda: nango(server.url).connections("github"), "is no Nango")
    server.routes["/connections"] = (200, b"<html>", {"Content-Type": "text/html"})
    refusal_of(lambda: nango(server.url).connections("github"), "no JSON (text/html)")
    server.routes["/connections"] = (500, {})
    refusal_of(lambda: nango(server.url).connections("github"), "it answers 500")


@pytest.mark.parametrize("body", [b"<html></html>", b'"text"', b"17", b"", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json(server: FakeNango, body: bytes) -> None:
    server.routes["/proxy/repos/o/r/pulls"] = (200, body)
    refusal_of(lambda: nango(server.url).page(request()), "the API answers no JSON")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(server: FakeNango, status: int) -> None:
    with fake_nango() as elsewhere:
        target = {"Location": f"{elsewhere.url}/stolen"}
        server.routes["/proxy/repos/o/r/pulls"] = (status, {}, target)
        refusal_of(lambda: nango(server.url).page(request()), "redirects")
        server.routes["/connections"] = (status, {}, target)
        refusal_of(lambda: nango(server.url).connections("github"), str(status))
        assert elsewhere.asked == []


def test_a_host_that_repeats_the_key(server: FakeNango) -> None:
    spelled = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    for body in ({KEY: 1}, [{"a": [f"Bearer {KEY}"]}], f'{{"{spelled}": 1}}'.encode()):
        server.routes["/proxy/repos/o/r/pulls"] = (200, body)
        refusal_of(lambda: nango(server.url).page(request()), "repeats the secret key")
    server.routes["/proxy/repos/o/r/pulls"] = (200, [{"id": 1}], {"X-Echo": KEY})
    refusal_of(lambda: nango(server.url).page(request()), "repeats the secret key")


def test_an_answer_that_is_too_large(server: FakeNango) -> None:
    server.routes["/proxy/repos/o/r/pulls"] = (200, b"[" + b" " * (16 * 1024 * 1024 + 1) + b"]")
    refusal_of(lambda: nango(server.url).page(request()), "more than 16 MB", "--sample")


def test_an_answer_that_never_ends(server: FakeNango) -> None:
    def trickle(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            time.sleep(0.05)
            try:
                handler.wfile.write(b" ")
                handler.wfile.flush()
            except OSError:
                return

    server.routes["/proxy/repos/o/r/pulls"] = trickle
    begun = time.monotonic()
    refusal_of(lambda: nango(server.url, 0.3).page(request()), "did not answer", "try again")
    assert time.monotonic() - begun < 1.5


def test_a_host_that_nobody_listens_at() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refusal_of(
        lambda: nango(f"http://127.0.0.1:{port}").connections("github"), "cannot be asked", "NANGO_HOSTPORT"
    )


def test_a_host_that_speaks_no_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        refusal_of(
            lambda: nango(f"http://127.0.0.1:{server.getsockname()[1]}", 0.3).connections("github"),
            "cannot be asked",
        )


@pytest.mark.parametrize("path", ["/../connections", "/a/%2e%2e/%2E./x", "/a/..\\x", "/."])
def test_a_path_stays_behind_the_proxy(server: FakeNango, path: str) -> None:
    refusal_of(lambda: nango(server.url).page(request(path)), "leads out of the API")
    assert server.asked == []


@pytest.mark.parametrize("value", ["a\r\nX-Other: 1", "é", "\x00"])
def test_what_no_header_can_hold_is_not_sent(server: FakeNango, value: str) -> None:
    refusal_of(
        lambda: nango(server.url).page(request(headers={"X-Version": value})), "characters that no header can"
    )
    assert server.asked == []


def test_the_connection_to_use() -> None:
    assert choose(["a", "b"], "b", "github") == "b"
    assert choose(["a"], "", "github") == "a"
    refusal_of(
        lambda: choose(["a", "b"], "c", "github"),
        "c is no connection of github that works",
        "these work: a, b",
    )
    refusal_of(lambda: choose(["a", "b"], "", "github"), "several connections", "a, b")
    refusal_of(lambda: choose([], "a", "github"), "no connection of github works")
    refusal_of(lambda: choose(["a\x1b[2J"], "c", "github"), "a\\x1b[2J")
