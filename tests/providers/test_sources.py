"""Where a provider's facts are looked up, in which order, and the error when there are none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.errors import AnswersError, ProjectError
from nango_scaffold.providers import ConnectionField, ProviderFacts, UnknownProviderError, find
from nango_scaffold.providers.catalogue_locations import embedded, open_catalogues, project_catalogue

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = """\
github:
    display_name: GitHub (User OAuth)
    auth_mode: OAUTH2
    proxy:
        base_url: https://api.github.example
    docs: https://nango.example/github
acme:
    display_name: Acme Desk
    auth_mode: API_KEY
    proxy:
        base_url: https://acme.example/api
    docs: https://nango.example/acme
acme-mail:
    alias: acme
    display_name: Acme Mail
baseless:
    auth_mode: NONE
"""


def install(folder: Path, text: str = CATALOGUE, version: str | None = "0.69.36") -> Path:
    """A providers package in `folder`/node_modules."""
    package = folder / "node_modules" / "@nangohq" / "providers"
    package.mkdir(parents=True)
    (package / "providers.yaml").write_text(text, "utf-8")
    if version:
        (package / "package.json").write_text(f'{{"version": "{version}"}}', "utf-8")
    return package / "providers.yaml"


# The order of the places


def test_a_file_named_on_the_command_line_comes_first(tmp_path: Path) -> None:
    install(tmp_path)
    named = tmp_path / "mine.yaml"
    named.write_text("acme: {auth_mode: BASIC, proxy: {base_url: 'https://mine.example'}}", "utf-8")
    facts = find("acme", providers_path=named, project=tmp_path)
    assert (facts.auth_mode, facts.base_url, facts.source) == (
        "BASIC",
        "https://mine.example",
        "mine.yaml (--providers)",
    )


def test_then_the_projects_own(tmp_path: Path) -> None:
    install(tmp_path)
    facts = find("acme", project=tmp_path)
    assert (facts.base_url, facts.source) == (
        "https://acme.example/api",
        "providers.yaml (node_modules, 0.69.36)",
    )
    assert facts.docs == "https://nango.example/acme"


def test_then_what_we_know_ourselves(tmp_path: Path) -> None:
    facts = find("hubspot", project=tmp_path)
    assert (facts.base_url, facts.source) == ("https://api.hubapi.com", "embedded")
    assert facts == find("hubspot")


def test_the_third_partys_documentation_is_preferred_where_we_know_it(tmp_path: Path) -> None:
    install(tmp_path)
    facts = find("github", project=tmp_path)
    assert (facts.base_url, facts.docs) == ("https://api.github.example", "https://docs.github.com/en/rest")


def test_a_provider_newer_than_the_projects_file_is_still_known(tmp_path: Path) -> None:
    install(tmp_path)
    assert find("hubspot", project=tmp_path).source == "embedded"


def test_a_file_named_on_purpose_is_the_only_one_asked(tmp_path: Path) -> None:
    named = install(tmp_path)
    with pytest.raises(UnknownProviderError):
        find("hubspot", providers_path=named, project=tmp_path)


def test_aliases_are_followed(tmp_path: Path) -> None:
    install(tmp_path)
    facts = find("acme-mail", project=tmp_path)
    assert (facts.key, facts.alias_of, facts.auth_mode) == ("acme-mail", "acme", "API_KEY")


# Finding the project's own, as Node does


@pytest.mark.parametrize("where", ["", "nango-integrations", "node_modules/nango"])
def test_packages_beside_below_and_nested(tmp_path: Path, where: str) -> None:
    (tmp_path / "node_modules" / "nango").mkdir(parents=True)
    path = install(tmp_path / where)
    assert project_catalogue(tmp_path) == path


def test_packages_of_a_folder_above(tmp_path: Path) -> None:
    path = install(tmp_path)
    assert project_catalogue(tmp_path / "apps" / "sync") == path


def test_the_copy_that_the_cli_uses_wins_over_one_beside_it(tmp_path: Path) -> None:
    install(tmp_path, version="0.50.0")
    nested = install(tmp_path / "node_modules" / "nango")
    assert project_catalogue(tmp_path) == nested


def test_links_as_pnpm_makes_them(tmp_path: Path) -> None:
    store = tmp_path / "node_modules" / ".pnpm" / "nango@0.69.36"
    path = install(store)
    (store / "node_modules" / "nango").mkdir()
    (tmp_path / "node_modules" / "nango").symlink_to(store / "node_modules" / "nango")
    assert project_catalogue(tmp_path) == path


def test_none_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "node_modules" / "@nangohq" / "providers").mkdir(parents=True)
    assert project_catalogue(tmp_path) is None
    assert [catalogue.place for catalogue in open_catalogues(None, tmp_path)] == ["embedded"]


def test_a_package_that_does_not_say_its_version(tmp_path: Path) -> None:
    install(tmp_path, version=None)
    assert find("acme", project=tmp_path).source == "providers.yaml (node_modules, unknown version)"


@pytest.mark.parametrize("name", ["package.json", "providers.yaml"])
def test_what_is_no_file_in_a_package_keeps_nobody_waiting(tmp_path: Path, name: str) -> None:
    path = install(tmp_path).with_name(name)
    path.unlink()
    os.mkfifo(path)
    if name == "package.json":
        assert find("acme", project=tmp_path).source == "providers.yaml (node_modules, unknown version)"
    else:
        with pytest.raises(ProjectError, match="not a regular file"):
            open_catalogues(None, tmp_path)


def test_files_of_a_package_that_are_too_large_or_nested_deeply_are_not_used(tmp_path: Path) -> None:
    path = install(tmp_path)
    path.with_name("package.json").write_text("[" * 100_000)
    assert find("acme", project=tmp_path).source == "providers.yaml (node_modules, unknown version)"
    with path.open("ab") as file:
        file.truncate(1 << 33)
    with pytest.raises(ProjectError, match="larger than 8 MB"):
        open_catalogues(None, tmp_path)


# Unknown providers


def test_an_unknown_provider_is_answered_with_the_nearest(tmp_path: Path) -> None:
    install(tmp_path)
    with pytest.raises(UnknownProviderError) as refusal:
        find("acme desk", project=tmp_path)
    error = refusal.value
    assert error.nearest[0] == "acme"
    assert error.searched == {
        "providers.yaml (node_modules, 0.69.36)": 4,
        "embedded": len(embedded().text.split("auth_mode:")) - 1,
    }
    assert (error.where, error.exit_code) == ("provider", 2)
    assert "Did you mean acme" in error.fix
    assert "4 in providers.yaml (node_modules, 0.69.36)" in error.fix
    assert "provider_facts" in error.fix


@pytest.mark.parametrize(
    "provider", ["", "../../etc", "a\nb", "\x1b[31m", "é" * 10_000, "github:", "  github"]
)
def test_a_hostile_name_is_only_unknown(provider: str) -> None:
    with pytest.raises(UnknownProviderError) as refusal:
        find(provider)
    assert refusal.value.what.isprintable()
    assert refusal.value.fix.isprintable()
    assert len(str(refusal.value)) < 500


# Facts from the answers


def test_a_provider_nobody_knows_needs_only_a_base_url() -> None:
    facts = find("acme", generic={"base_url": "https://acme.example/api"})
    assert facts == ProviderFacts(
        key="acme",
        auth_mode="OAUTH2",
        display_name="acme",
        base_url="https://acme.example/api",
        source="answers",
        stated=("base_url",),
    )


def test_all_that_can_be_stated_is_used() -> None:
    generic = {
        "base_url": "https://acme.example/api",
        "auth_mode": "BASIC",
        "headers": {"x-version": "1"},
        "paginate": {"type": "offset", "offset_name_in_request": "page"},
        "docs": "https://docs.acme.example",
        "connection_config": ["host"],
    }
    facts = find("acme", generic=generic)
    assert (facts.auth_mode, facts.headers, facts.docs) == (
        "BASIC",
        {"x-version": "1"},
        "https://docs.acme.example",
    )
    assert facts.paginate == {"type": "offset", "offset_name_in_request": "page"}
    assert facts.connection_config == (ConnectionField("host"),)


def test_without_a_base_url_the_error_says_so() -> None:
    with pytest.raises(AnswersError) as refusal:
        find("acme", generic={"auth_mode": "BASIC"})
    assert refusal.value.where == "provider_facts.base_url"


def test_what_is_stated_goes_over_what_is_known(tmp_path: Path) -> None:
    install(tmp_path)
    facts = find("baseless", project=tmp_path, generic={"base_url": "https://own.example"})
    assert (facts.base_url, facts.auth_mode) == ("https://own.example", "NONE")
    assert facts.source == "providers.yaml (node_modules, 0.69.36), answers"
    assert facts.stated == ("base_url",)


def test_what_nango_says_as_well_is_not_taken_for_the_answers_own() -> None:
    github = find("github")
    facts = find("github", generic={"base_url": github.base_url, "headers": {"X-Version": "1"}})
    assert facts.stated == ("headers",)
    assert find("github", generic=facts.to_data()) == facts


@pytest.mark.parametrize("generic", [{"url": "x"}, {"base_url": 3}, [], "x", 3, False])
def test_what_is_stated_badly_is_refused(generic: Any) -> None:
    with pytest.raises(AnswersError):
        find("github", generic=generic)


def test_stored_facts_are_taken_as_they_are(tmp_path: Path) -> None:
    install(tmp_path)
    facts = find("acme", project=tmp_path)
    assert find("acme", project=tmp_path / "elsewhere", generic=facts.to_data()) == facts
    with pytest.raises(AnswersError, match="'acme'"):
        find("github", generic=facts.to_data())


# Files that cannot be used


def break_file(path: Path, how: str) -> None:
    """Make the file at `path` unusable in one way."""
    path.unlink(missing_ok=True)
    contents = {
        "not UTF-8": b"github:\n    auth_mode: \xff\n",
        "not closed": b"github:\n    auth_mode: 'OAUTH2\n",
        "no mapping": b"github: [1]\n",
        "another kind": b"- github\n",
        "no auth mode": b"github: {display_name: x}\n",
        "circle": b"github: {alias: github}\n",
        "empty": b"",
    }
    if how == "folder":
        path.mkdir()
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "link to nothing":
        path.symlink_to(path.with_name("nothing"))
    else:
        path.write_bytes(contents[how])


BROKEN = [
    "not UTF-8",
    "not closed",
    "no mapping",
    "another kind",
    "no auth mode",
    "circle",
    "empty",
    "folder",
    "pipe",
]


@pytest.mark.parametrize("how", [*BROKEN, "link to nothing"])
def test_a_broken_file_named_on_the_command_line_is_the_callers_mistake(tmp_path: Path, how: str) -> None:
    named = tmp_path / "mine.yaml"
    break_file(named, how)
    with pytest.raises(AnswersError) as refusal:
        find("github", providers_path=named)
    assert refusal.value.where == "--providers"
    assert str(named) in refusal.value.what


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_of_the_project_is_the_projects_state(tmp_path: Path, how: str) -> None:
    path = install(tmp_path)
    break_file(path, how)
    with pytest.raises(ProjectError) as refusal:
        find("github", project=tmp_path)
    assert refusal.value.where == str(path)
    assert refusal.value.exit_code == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    install(tmp_path).chmod(0)
    with pytest.raises(ProjectError, match="cannot be read"):
        find("github", project=tmp_path)


def test_damage_elsewhere_in_the_file_does_not_matter(tmp_path: Path) -> None:
    install(tmp_path, CATALOGUE + "broken: 'never closed\n")
    assert find("acme", project=tmp_path).auth_mode == "API_KEY"
