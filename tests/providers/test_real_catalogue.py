"""Nango's own catalogues: every entry, compared with what Nango itself reads."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nango_scaffold.naming.suggest import nearest
from nango_scaffold.providers import ProviderFacts, facts_from_entry
from nango_scaffold.providers.catalogue import display_names, keys, load_entry, resolve
from nango_scaffold.providers.catalogue_locations import embedded, project_catalogue
from nango_scaffold.providers.fields import ConnectionField, base_address, usable_paginate
from nango_scaffold.providers.resolve import find

pytestmark = pytest.mark.toolchain

TOOLCHAIN = Path(__file__).parents[2] / "toolchain"
PROJECTS = {"0.69.36": TOOLCHAIN / "nango-0.69", "0.58.7": TOOLCHAIN / "nango-0.58"}


@lru_cache
def catalogue(version: str) -> str:
    path = project_catalogue(PROJECTS[version])
    if path is None:
        pytest.skip(f"nango {version} is not installed in toolchain/")
    return path.read_text("utf-8")


@lru_cache
def facts_of(version: str) -> dict[str, ProviderFacts]:
    """All entries reduced, each looked up by itself."""
    text = catalogue(version)
    entries = {key: resolve(text, key) for key in keys(text)}
    return {
        key: facts_from_entry(key, entry.own, entry.base, "test")
        for key, entry in entries.items()
        if entry is not None
    }


@lru_cache
def as_nango_reads_it() -> dict[str, dict[str, Any]]:
    """The entries that the package's own code gives, aliases merged."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    path = project_catalogue(PROJECTS["0.69.36"])
    assert path is not None
    module = json.dumps((path.parent / "dist" / "index.js").as_uri())
    script = f"import {{ getProviders }} from {module}; process.stdout.write(JSON.stringify(getProviders()))"
    run = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, check=True, timeout=60
    )
    read: dict[str, dict[str, Any]] = json.loads(run.stdout)
    return read


@pytest.mark.parametrize("version", PROJECTS)
def test_every_entry_cut_out_equals_the_full_parse(version: str) -> None:
    text = catalogue(version)
    whole = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert keys(text) == list(whole)
    differing = [key for key in whole if load_entry(text, key) != whole[key]]
    assert differing == []


@pytest.mark.parametrize("version", PROJECTS)
def test_every_entry_is_reduced_and_survives_being_stored(version: str) -> None:
    facts = facts_of(version)
    assert list(facts) == keys(catalogue(version))
    assert {
        key
        for key, provider in facts.items()
        if ProviderFacts.from_data(json.loads(json.dumps(provider.to_data()))) != provider
    } == set()


def test_the_catalogue_is_the_one_that_was_counted() -> None:
    facts = facts_of("0.69.36").values()
    assert len(facts) == 687
    assert sum(provider.alias_of is not None for provider in facts) == 50
    assert sum(provider.base_url is None for provider in facts) == 5
    assert len({provider.auth_mode for provider in facts}) == 17


def test_the_facts_are_those_that_nango_reads() -> None:
    read = as_nango_reads_it()
    facts = facts_of("0.69.36")
    assert list(read) == list(facts)
    for key, entry in read.items():
        proxy = entry.get("proxy", {})
        provider = facts[key]
        assert provider.auth_mode == entry["auth_mode"], key
        assert provider.display_name == entry["display_name"], key
        assert provider.base_url == proxy.get("base_url"), key
        assert provider.headers == {name: str(value) for name, value in proxy.get("headers", {}).items()}, key
        assert provider.retry == proxy.get("retry"), key
        assert provider.scopes == tuple(entry.get("default_scopes", ())), key
        assert provider.categories == tuple(entry.get("categories", ())), key
        assert {field.name for field in provider.connection_config} == set(
            entry.get("connection_config", {})
        ), key
        assert provider.docs == entry["docs"], key


def test_pagination_is_nangos_except_where_nango_could_not_follow_it() -> None:
    pagination = {
        key: entry["proxy"]["paginate"]
        for key, entry in as_nango_reads_it().items()
        if "paginate" in entry.get("proxy", {})
    }
    facts = facts_of("0.69.36")
    assert {key for key, paginate in pagination.items() if facts[key].paginate != paginate} == {"whoop"}
    assert usable_paginate(pagination["whoop"]) is None  # a cursor whose place in the response is not stated


def test_every_base_url_is_of_a_form_we_know() -> None:
    facts = facts_of("0.69.36")
    for key, provider in facts.items():
        assert provider.base_url is None or base_address(provider.base_url) == provider.base_url, key
        path = provider.base_path
        assert path == "" or (path.startswith("/") and not path.endswith("/")), key
        assert "://" not in path, key
        assert "||" not in path, key
        assert (provider.base_url or "").split(" || ")[0].rstrip("/").endswith(path), key


def test_mistyped_and_spoken_names_find_their_provider() -> None:
    text = catalogue("0.69.36")
    names = display_names(text)
    assert set(names) == set(keys(text))
    meant = {
        "hubspt": "hubspot",
        "google mail": "google-mail",
        "Gmail": "google-mail",
        "GitHub": "github",
        "1password": "1password-scim",
        "sales force": "salesforce",
        "zendesc": "zendesk",
        "Microsoft Teams": "microsoft-teams",
        "ms-teams": "microsoft-teams",
        "Google Sheets": "google-sheet",
        "bamboo hr": "bamboohr",
    }
    assert {typed: nearest(typed, keys(text), names=names)[0] for typed in meant} == meant


EMBEDDED = keys(embedded().text)


def without_words(fields: tuple[ConnectionField, ...]) -> set[tuple[str, str, bool, bool]]:
    return {(field.name, field.type, field.required, field.automated) for field in fields}


@pytest.mark.parametrize("key", EMBEDDED)
def test_our_own_facts_agree_with_nangos(key: str) -> None:
    ours, theirs = find(key), facts_of("0.69.36")[key]
    assert ours.source == "embedded"
    for fact in ("auth_mode", "base_url", "paginate", "headers", "retry", "scopes"):
        assert getattr(ours, fact) == getattr(theirs, fact), fact
    assert without_words(ours.connection_config) == without_words(theirs.connection_config)
    assert ours.docs is not None
    assert "nango" not in ours.docs
