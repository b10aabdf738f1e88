"""The wizard offers to take the fields from a live connection, where there is a secret key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.connection.fake_nango import KEY, FakeNango, fake_nango
from tests.wizard.support import Person, converse, open_question, world

from nango_scaffold.project import look
from nango_scaffold.wizard.as_answers import as_answers
from nango_scaffold.wizard.conversation import Conversation
from nango_scaffold.wizard.draft import Draft
from nango_scaffold.wizard.live_page import page_fetcher
from nango_scaffold.wizard.world import plain_answers

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = [("provider", "github"), ("integration", ""), ("first", "sync"), ("name", "gists"), ("fetch", "")]
AFTER = [("run ask for", ""), ("often", ""), ("Scopes", ""), ("else", "done")]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeNango]:
    for name in ("NANGO_SECRET_KEY", "NANGO_SECRET_KEY_DEV", "NANGO_HOSTPORT"):
        monkeypatch.delenv(name, raising=False)
    with fake_nango() as running:
        running.routes["/proxy/gists"] = (200, [{"id": "a", "description": None, "public": True}] * 70)
        yield running


@pytest.fixture
def project(tmp_path: Path, server: FakeNango) -> Path:
    (tmp_path / ".env").write_text(f"NANGO_SECRET_KEY={KEY}\nNANGO_HOSTPORT={server.url}\n")
    return tmp_path


def talk(project: Path, *script: tuple[str, str]) -> tuple[Conversation, Person]:
    person = Person([*BEFORE, *script, *AFTER])
    conversation = Conversation(person, world(page=page_fetcher(look(str(project)))), Draft())
    conversation.ask_all()
    return conversation, person


PATH = ("Path", "/gists")


def test_the_fields_come_from_the_page(project: Path, server: FakeNango) -> None:
    script = (PATH, ("live connection", "connection"), ("which connection", "slow"), ("Send it", "send"))
    conversation, person = talk(project, *script)
    answers = as_answers(conversation.draft)
    assert answers["models"]["Gist"] == {"id": "string", "public": "boolean"}
    assert server.paths == ["/connections", "/proxy/gists"]
    assert server.asked[1][1]["connection-id"] == "slow"
    assert any(line.startswith("GET http://127.0.0.1") for line in person.messages)
    assert KEY not in "".join(person.messages)


def test_the_headers_of_the_page_tell_how_it_is_paged(project: Path, server: FakeNango) -> None:
    link = {"Link": '<https://api.acme.example/gists?page=2>; rel="next"'}
    server.routes["/proxy/gists"] = (200, [{"id": "a", "public": True}], link)
    person = Person(
        [
            ("provider", "https://api.acme.example"),
            ("How do users connect", "API_KEY"),
            ("integration", "github"),
            *BEFORE[2:],
            PATH,
            ("live connection", "connection"),
            ("which connection", "slow"),
            ("Send it", "send"),
            *AFTER[:2],
            AFTER[3],
        ]
    )
    conversation = Conversation(person, world(page=page_fetcher(look(str(project)))), Draft())
    conversation.ask_all()
    (sync,) = plain_answers(conversation.draft, conversation.world)["syncs"]
    paginate = {"type": "link", "link_rel_in_response_header": "next"}
    assert sync["request"] == {"paginate": paginate}
    assert "paginate link, next (the Link header of the sample leads to other pages)" in person.messages


def test_nothing_is_sent_without_a_yes(project: Path, server: FakeNango) -> None:
    script = (
        PATH,
        ("live connection", "connection"),
        ("which connection", ""),
        ("Send it", "no"),
        ("Fields", ""),
    )
    _, person = talk(project, *script)
    assert "/proxy/gists" not in server.paths
    assert any("nothing was fetched" in line for line in person.messages)


def test_a_refusal_leads_back_to_the_fields(project: Path, server: FakeNango) -> None:
    server.routes["/proxy/gists"] = (404, {})
    server.routes["/connections"] = (
        200,
        {"connections": [{"connection_id": "c", "provider_config_key": "github"}]},
    )
    _, person = talk(project, PATH, ("live connection", "connection"), ("Send it", "send"), ("Fields", ""))
    assert any("the API has no /gists" in line for line in person.messages)


def test_a_step_back_takes_the_offer_back(project: Path, server: FakeNango) -> None:
    script = (
        PATH,
        ("live connection", "connection"),
        ("which connection", "<"),
        ("live connection", "no"),
        ("Fields", ""),
    )
    talk(project, *script)
    assert server.paths == ["/connections"]


def test_without_a_key_it_is_not_offered(project: Path) -> None:
    (project / ".env").write_text("")
    assert page_fetcher(look(str(project))) is None
    draft = converse("github", "", "sync", "gists", "", "/gists")
    assert open_question(draft).slot.key == "fields"
