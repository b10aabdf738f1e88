"""The cards of all providers: equal to those read one by one, and fast because they are cached."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from nango_scaffold.errors import AnswersError, ProjectError
from nango_scaffold.providers import find
from nango_scaffold.providers import index as index_module
from nango_scaffold.providers.cards import card_of
from nango_scaffold.providers.catalogue_locations import project_catalogue, write_refreshed
from nango_scaffold.providers.index import ProviderCard, provider_cards

TOOLCHAIN = Path(__file__).parents[2] / "toolchain"
CATALOGUE = """\
zeta: { display_name: Zeta, auth_mode: BASIC, categories: [crm, other], docs: 'https://docs.example/zeta' }
acme:
    display_name: Acme Désk
    auth_mode: API_KEY
    proxy: { base_url: 'https://acme.example/api', paginate: { type: link, link_path_in_response_body: next } }
acme-mail: { alias: acme, display_name: Acme Mail }
github: { display_name: Theirs, auth_mode: OAUTH2, docs: 'https://nango.example/github' }
broken: { display_name: Nobody knows how it authenticates }
hubspot: [no mapping]
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/nango-scaffold"


@pytest.fixture
def named(tmp_path: Path, cache: Path) -> Path:
    path = tmp_path / "providers.yaml"
    path.write_text(CATALOGUE, "utf-8")
    return path


def install(project: Path, text: str = CATALOGUE) -> Path:
    package = project / "node_modules/@nangohq/providers"
    package.mkdir(parents=True, exist_ok=True)
    (package / "providers.yaml").write_text(text, "utf-8")
    return project


def indexes(cache: Path) -> list[Path]:
    return sorted((cache / "index").iterdir())


def parsing_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(catalogue: object) -> None:
        raise AssertionError("a catalogue was parsed")

    monkeypatch.setattr(index_module, "_parsed", refuse)


# What is in it


@pytest.mark.toolchain
@pytest.mark.parametrize(("version", "count"), [("nango-0.69", 687), ("nango-0.58", 0)])
def test_every_card_is_that_of_the_facts_found_one_by_one(version: str, count: int, cache: Path) -> None:
    if project_catalogue(TOOLCHAIN / version) is None:
        pytest.skip(f"{version} is not installed in toolchain/")
    cards = provider_cards(TOOLCHAIN / version)
    assert len(cards) >= count
    assert list(cards) == [card_of(find(card.key, project=TOOLCHAIN / version)) for card in cards]
    assert provider_cards(TOOLCHAIN / version) == cards  # remembered


def test_the_cards_are_sorted_and_without_entries_that_nobody_can_use(named: Path) -> None:
    cards = {card.key: card for card in provider_cards(None, named)}
    assert list(cards) == ["acme", "acme-mail", "github", "zeta"]
    assert cards["acme-mail"] == ProviderCard(
        "acme-mail", "Acme Mail", "API_KEY", "https://acme.example/api", (), "", "acme", "link"
    )
    assert cards["zeta"].categories == ("crm", "other")
    assert cards["github"].docs == "https://docs.github.com/en/rest"  # ours, as `find` has it


def test_without_any_catalogue_the_embedded_facts_are_there(tmp_path: Path, cache: Path) -> None:
    cards = provider_cards(tmp_path)
    assert list(cards) == [card_of(find(card.key)) for card in cards]
    assert len(cards) > 30


def test_an_entry_the_project_spoils_is_not_made_up_from_another_catalogue(
    tmp_path: Path, cache: Path
) -> None:
    assert "hubspot" not in {card.key for card in provider_cards(install(tmp_path))}
    with pytest.raises(ProjectError):
        find("hubspot", project=tmp_path)


def test_the_projects_catalogue_goes_before_the_refreshed_and_that_before_ours(
    tmp_path: Path, cache: Path
) -> None:
    write_refreshed("acme: {auth_mode: JWT}\nnewest: {auth_mode: JWT}\nhubspot: {auth_mode: JWT}\n", "1.0.0")
    project = install(tmp_path, "acme: {auth_mode: BASIC}\n")
    modes = {card.key: card.auth_mode for card in provider_cards(project)}
    assert (modes["acme"], modes["newest"], modes["hubspot"], modes["github"]) == (
        *("BASIC", "JWT", "JWT", "OAUTH2"),
    )
    assert all(card_of(find(card.key, project=project)) == card for card in provider_cards(project))


def test_what_is_bad_in_the_refreshed_catalogue_hides_nothing(tmp_path: Path, cache: Path) -> None:
    path = write_refreshed("hubspot: [no mapping]\n", "1.0.0")
    assert find("hubspot").source == "embedded"
    assert "hubspot" in {card.key for card in provider_cards()}
    path.write_text(path.read_text() + "more: {auth_mode: BASIC}\n")  # not as we wrote it
    assert "more" not in {card.key for card in provider_cards()}


def test_a_catalogue_that_does_not_parse_is_refused_as_find_refuses_it(named: Path, tmp_path: Path) -> None:
    named.write_text("[")
    with pytest.raises(AnswersError, match="--providers"):
        provider_cards(None, named)
    with pytest.raises(ProjectError, match="line 2"):
        provider_cards(install(tmp_path, "["))


# How it is remembered


def test_the_second_time_nothing_is_parsed(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = provider_cards(None, named)
    parsing_forbidden(monkeypatch)
    assert provider_cards(None, named) == first


def test_a_catalogue_that_changed_is_read_again(named: Path) -> None:
    before = provider_cards(None, named)
    stamp = os.stat(named)
    named.write_text(CATALOGUE.replace("Zeta", "Beta"), "utf-8")
    os.utime(
        named, ns=(stamp.st_atime_ns, stamp.st_mtime_ns)
    )  # npm gives every version's files the same time
    assert before[-1].name == "Zeta"
    assert provider_cards(None, named)[-1].name == "Beta"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("BASIC", "BASIK"),
        lambda text: "[]",
        lambda text: "\x00" * 40,
    ],
)
def test_a_broken_index_is_made_anew_without_a_word(
    spoil: object, named: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = provider_cards(None, named)
    before = {path: path.read_text("utf-8") for path in indexes(cache)}
    for path, text in before.items():
        path.write_text(spoil(text), "utf-8")  # type: ignore[operator]
    assert provider_cards(None, named) == first
    assert {path: path.read_text("utf-8") for path in indexes(cache)} == before
    assert capsys.readouterr() == ("", "")


def test_a_cache_that_cannot_be_written_is_done_without(
    named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = provider_cards(None, named)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert provider_cards(None, named) == first


def test_old_indexes_are_forgotten(named: Path, cache: Path) -> None:
    for number in range(12):
        named.write_text(f"p{number}: {{ auth_mode: BASIC }}\n")
        provider_cards(None, named)
    assert len(indexes(cache)) == 8
    assert not [path for path in indexes(cache) if path.name.startswith(".")]


def test_the_projects_folder_is_left_alone(tmp_path: Path, cache: Path) -> None:
    project = install(tmp_path / "project")
    before = sorted(project.rglob("*"))
    provider_cards(project)
    assert sorted(project.rglob("*")) == before
    shutil.rmtree(cache)
