"""``nango-scaffold providers list`` and ``show``."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from nango_scaffold.cli import main
from nango_scaffold.providers import find
from nango_scaffold.providers.cards import ProviderCard
from nango_scaffold.report.providers import pagination_in_words, retry_in_words, table

CATALOGUE = """\
acme:
    display_name: Acme Desk
    auth_mode: API_KEY
    categories: [support, crm]
    default_scopes: []
    proxy:
        base_url: https://${connectionConfig.site}.acme.example/api
        headers: { x-version: '2' }
        paginate: { type: link, link_rel_in_response_header: next, limit_name_in_request: per_page, limit: 50 }
        retry: { after: retry-after }
    docs: https://docs.acme.example
    connection_config:
        site: { type: string, example: my-site, pattern: '^[a-z-]+$' }
        region: { type: string, optional: true }
acme-mail: { display_name: Acme Mail, alias: acme, categories: [communication] }
zeta: { display_name: Zeta, auth_mode: OAUTH2, default_scopes: [read, write], categories: [crm] }
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.yaml"
    path.write_text(CATALOGUE)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], catalogue: Path) -> object:
    def run(*words: str, code: int = 0, stream: str = "out") -> str:
        assert main(["providers", *words, "--providers", catalogue.name]) == code
        return str(getattr(capsys.readouterr(), stream))

    return run


class TestList:
    def test_all_providers_stand_in_columns_with_their_number(self, run) -> None:
        assert run("list") == (
            "KEY        NAME       AUTH     PAGES  BASE URL\n"
            "acme       Acme Desk  API_KEY  link   https://${connectionConfig.site}.acme.example/api\n"
            "acme-mail  Acme Mail  API_KEY  link   https://${connectionConfig.site}.acme.example/api\n"
            "zeta       Zeta       OAUTH2   -      -\n"
            "\n"
            "3 providers\n"
        )

    def test_words_search_in_keys_names_and_categories(self, run) -> None:
        assert run("list", "desk", "--quiet") == "acme\n"
        assert run("list", "communication", "--quiet") == "acme-mail\n"

    def test_an_auth_mode_or_a_category_narrows_the_list(self, run) -> None:
        assert run("list", "--auth-mode", "oauth2", "--quiet") == "zeta\n"
        assert run("list", "--category", "CRM", "--quiet") == "acme\nzeta\n"
        assert run("list", "--category", "crm", "--auth-mode", "API_KEY", "--quiet") == "acme\n"
        assert run("list", "zeta", "--auth-mode", "API_KEY", "--quiet") == ""

    def test_an_auth_mode_nobody_has_is_refused_with_those_there_are(self, run) -> None:
        error = run("list", "--auth-mode", "OAUTH3", code=2, stream="err")
        assert "--auth-mode: no provider has 'OAUTH3'" in error
        assert "Did you mean OAUTH2? There are: API_KEY (2), OAUTH2 (1)" in error

    def test_a_category_nobody_has_is_refused_with_those_there_are(self, run) -> None:
        assert "communication (1), crm (2), support (1)" in run(
            "list", "--category", "x", code=2, stream="err"
        )

    def test_when_nothing_matches_the_nearest_are_shown(self, run) -> None:
        output = run("list", "acmee")
        assert output.startswith("No provider matches 'acmee'. Did you mean:\n  acme ")
        assert run("list", "qqqqqq") == "No provider matches 'qqqqqq'.\n"

    def test_as_data(self, run) -> None:
        data = json.loads(run("list", "acme", "--json"))
        assert data["count"] == 2
        assert data["providers"][1] == {
            "key": "acme-mail",
            "name": "Acme Mail",
            "auth_mode": "API_KEY",
            "base_url": "https://${connectionConfig.site}.acme.example/api",
            "paginate": "link",
            "categories": ["communication"],
            "docs": "https://docs.acme.example",
            "alias_of": "acme",
        }
        assert json.loads(run("list", "zetta", "--json")) == {
            "providers": [],
            "count": 0,
            "did_you_mean": ["zeta"],
        }

    def test_a_catalogue_that_is_not_there_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["providers", "list", "--providers", "nowhere.yaml"]) == 2
        assert "nowhere.yaml: cannot be read" in capsys.readouterr().err


class TestShow:
    def test_the_card_of_a_provider(self, run) -> None:
        assert run("show", "acme") == (
            "Acme Desk (acme)\n"
            "  auth mode   API_KEY\n"
            "  base URL    https://${connectionConfig.site}.acme.example/api\n"
            "  pages       by link: the one named next in the Link header; page size sent as per_page; 50 a page\n"
            "  headers     x-version: 2\n"
            "  retries     waits for the seconds in retry-after\n"
            "  categories  support, crm\n"
            "  docs        https://docs.acme.example\n"
            "  known from  mine.yaml (--providers)\n"
            "\n"
            "A connection carries:\n"
            "  site    required, such as my-site, matches ^[a-z-]+$\n"
            "  region  optional\n"
            "\n"
            "Next:\n"
            "  nango-scaffold new --providers mine.yaml --set provider=acme --set sync_names=users --dry-run\n"
            "  nango-scaffold new --providers mine.yaml --set provider=acme --set action_names=create-user,list-users --dry-run\n"
            "  nango-scaffold providers list --providers mine.yaml --category support\n"
        )

    def test_an_alias_says_whose_facts_it_has(self, run) -> None:
        assert "  alias of    acme\n" in run("show", "acme-mail")

    def test_what_nobody_knows_is_said_with_the_answer_that_gives_it(self, run) -> None:
        card = run("show", "zeta")
        assert "provider_facts.base_url" in card
        assert "request.paginate" in card
        assert "  scopes      read, write\n" in card

    def test_as_data_it_is_all_that_find_gives(self, run, catalogue: Path) -> None:
        assert json.loads(run("show", "acme", "--json")) == json.loads(
            json.dumps(find("acme", providers_path=catalogue).to_data())
        )

    def test_an_unknown_one_is_refused_with_the_nearest(self, run) -> None:
        assert "Did you mean acme" in run("show", "acmee", code=2, stream="err")

    def test_the_next_commands_work_as_they_stand(self, run, capsys: pytest.CaptureFixture[str]) -> None:
        commands = re.findall(r"^  nango-scaffold (.*)$", run("show", "acme"), re.MULTILINE)
        assert len(commands) == 3
        for command in commands:
            assert main(shlex.split(command)) == 0
        assert capsys.readouterr().err == ""


def test_in_a_terminal_lines_are_cut_at_its_width() -> None:
    cards = [ProviderCard("acme", "Acme", "API_KEY", f"https://{'x' * 80}.example", (), "", None, "")]
    lines = table(cards, 60).splitlines()
    assert max(map(len, lines)) == 60
    assert lines[1].endswith("x…")
    assert max(map(len, table(cards, None).splitlines())) > 60


PAGINATION = {
    "by link: links.next of the response": {"type": "link", "link_path_in_response_body": "links.next"},
    "by cursor: meta.next of the response is sent as after; sent in the request's body; records under data": {
        "type": "cursor",
        "cursor_path_in_response": "meta.next",
        "cursor_name_in_request": "after",
        "in_body": True,
        "response_path": "data",
    },
    "by offset: sent as startAt, from 1, counted by the records received": {
        "type": "offset",
        "offset_name_in_request": "startAt",
        "offset_start_value": 1,
        "offset_calculation_method": "by-response-size",
    },
    "": None,
}


@pytest.mark.parametrize("words", PAGINATION)
def test_pagination_in_words(words: str) -> None:
    assert pagination_in_words(PAGINATION[words]) == words


def test_retries_in_words() -> None:
    rules = {"at": ["x-reset"], "remaining": "x-left", "error_code": ["403", "429"]}
    assert retry_in_words(rules) == "waits until the time in x-reset, when x-left is 0, on 403, 429"
    assert retry_in_words(None) == ""
