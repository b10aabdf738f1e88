"""Where ``new`` takes its provider facts from, and what it does with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_scaffold.cli import main
from nango_scaffold.providers.catalogue_locations import write_refreshed

CATALOGUE = """\
acme:
    display_name: Acme
    auth_mode: API_KEY
    proxy:
        base_url: https://api.acme.example/v2
        paginate:
            type: offset
            offset_name_in_request: page
            offset_calculation_method: per-page
            response_path: items
    docs: https://docs.acme.example
acme-eu:
    display_name: Acme (Europe)
    alias: acme
hubspot:
    display_name: HubSpot of this project
    auth_mode: OAUTH2
    proxy:
        base_url: https://hubspot.example
"""


def new(project: Path, *words: str) -> int:
    return main(["new", "--project", str(project), *words])


def sync_of(project: Path, integration: str) -> str:
    return (project / f"nango-integrations/{integration}/syncs/users.ts").read_text()


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "providers.yaml"
    path.write_text(CATALOGUE)
    return path


def test_a_named_catalogue_is_the_only_one_asked(
    tmp_path: Path, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        new(
            tmp_path / "p",
            "--providers",
            str(catalogue),
            "--set",
            "provider=acme",
            "--set",
            "sync_names=users",
        )
        == 0
    )
    assert "https://docs.acme.example" in sync_of(tmp_path / "p", "acme")
    assert (
        new(
            tmp_path / "q",
            "--providers",
            str(catalogue),
            "--set",
            "provider=github",
            "--set",
            "sync_names=users",
        )
        == 2
    )
    assert "provider" in capsys.readouterr().err
    assert not (tmp_path / "q").exists()


def test_the_projects_own_catalogue_goes_before_the_built_in_facts(tmp_path: Path) -> None:
    package = tmp_path / "node_modules/@nangohq/providers"
    package.mkdir(parents=True)
    (package / "providers.yaml").write_text(CATALOGUE)
    (package / "package.json").write_text('{"name": "@nangohq/providers", "version": "0.69.36"}')
    assert new(tmp_path, "--set", "provider=hubspot", "--set", "sync_names=users") == 0
    assert "of this project" in sync_of(tmp_path, "hubspot")


def test_an_alias_has_the_facts_of_its_target(tmp_path: Path, catalogue: Path) -> None:
    words = ("--providers", str(catalogue), "--set", "provider=acme-eu", "--set", "sync_names=users")
    assert (
        new(
            tmp_path / "p", *words, "--set", "syncs[0].name=teams", "--set", "syncs[0].request.path=/v2/teams"
        )
        == 0
    )
    assert "endpoint: '/teams'" in (tmp_path / "p/nango-integrations/acme-eu/syncs/teams.ts").read_text()


def test_a_provider_nobody_knows_can_be_described_in_the_answers(tmp_path: Path) -> None:
    facts = "provider_facts={base_url: 'https://api.mine.example/v1', auth_mode: API_KEY, paginate: {type: link, link_path_in_response_body: links.next}}"
    assert new(tmp_path, "--set", "provider=mine", "--set", "sync_names=users", "--set", facts) == 0
    sync = sync_of(tmp_path, "mine")
    assert "type: 'link'" in sync  # Nango has no entry that would say so
    assert "link_path_in_response_body: 'links.next'" in sync


def test_a_misspelt_provider_is_told_its_nearest_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path, "--set", "provider=githb", "--set", "sync_names=users") == 2
    assert "Did you mean github" in capsys.readouterr().err


def test_scopes_are_no_guess_where_the_provider_has_none(
    tmp_path: Path, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new(tmp_path / "p", "--providers", str(catalogue), "--set", "provider=acme", "--set", "sync_names=users")
    assert ".scopes" not in capsys.readouterr().out


def install(project: Path, base_url: str) -> None:
    package = project / "node_modules/@nangohq/providers"
    package.mkdir(parents=True, exist_ok=True)
    (package / "providers.yaml").write_text(
        f"hubspot: {{ display_name: HubSpot, auth_mode: API_KEY, proxy: {{ base_url: '{base_url}' }} }}\n"
    )


class TestSettled:
    """What the first run found holds: catalogues differ from machine to machine, an integration must not."""

    WORDS = ("--set", "provider=hubspot", "--set", "sync_names=users")

    def test_a_catalogue_that_comes_later_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        project = tmp_path / "project"
        assert new(project, *self.WORDS) == 0
        install(project, "https://other.example")
        write_refreshed("hubspot: { auth_mode: BASIC }\n", "9.9.9")
        assert new(project, *self.WORDS, "--check") == 0

    def test_a_catalogue_that_is_named_is_asked_in_any_case(self, tmp_path: Path, catalogue: Path) -> None:
        assert new(tmp_path / "p", *self.WORDS) == 0
        assert new(tmp_path / "p", *self.WORDS, "--check", "--providers", str(catalogue)) == 1

    def test_another_provider_or_other_stated_facts_are_looked_up(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert new(tmp_path, *self.WORDS) == 0
        other = ("--set", "provider=githb", "--set", "integration=hubspot", "--set", "sync_names=users")
        assert new(tmp_path, *other) == 2
        assert "Did you mean github" in capsys.readouterr().err
        facts = ("--set", "provider_facts={auth_mode: BASIC}")
        assert new(tmp_path, *self.WORDS, *facts) == 0
        assert '"auth_mode": "BASIC"' in (
            tmp_path / "nango-integrations/hubspot/.nango-scaffold.json"
        ).read_text("utf-8")
        assert new(tmp_path, *self.WORDS, *facts, "--check") == 0
        assert new(tmp_path, *self.WORDS, "--check") == 1  # stated no more

    def test_a_fact_that_is_stated_no_more_is_looked_up_again(self, tmp_path: Path) -> None:
        url, mode = "base_url: 'https://mine.example'", "auth_mode: BASIC"
        assert new(tmp_path, *self.WORDS, "--set", f"provider_facts={{{url}, {mode}}}") == 0
        assert new(tmp_path, *self.WORDS, "--set", f"provider_facts={{{mode}}}") == 0
        manifest = (tmp_path / "nango-integrations/hubspot/.nango-scaffold.json").read_text("utf-8")
        assert "mine.example" not in manifest
