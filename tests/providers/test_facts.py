"""An entry reduced to facts, and facts kept as plain data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import CatalogueError, ConnectionField, ProviderFacts, facts_from_entry

ENTRY: dict[str, Any] = {
    "display_name": "Acme",
    "auth_mode": "OAUTH2",
    "categories": ["crm", "popular"],
    "default_scopes": ["read", "offline"],
    "docs": "https://docs.acme.example/api",
    "proxy": {
        "base_url": "https://${connectionConfig.subdomain}.acme.example/api/v2/",
        "headers": {"acme-version": "2024-01-01", "x-retries": 3, "x-flag": True},
        "retry": {"at": "x-reset", "error_code": ["403", 429], "surprise": "x"},
        "paginate": {
            "type": "cursor",
            "cursor_path_in_response": "next",
            "cursor_name_in_request": "after",
            "limit": 50,
            "surprise": "x",
        },
    },
    "connection_config": {
        "region": {"type": "string", "optional": True},
        "instance": {"type": "string", "automated": True},
        "subdomain": {"type": "string", "example": "acme", "pattern": "^[a-z]+$", "title": "not a fact"},
        "secret": {"type": "string", "hidden": True},
        "version": {"type": "string", "default_value": "v1"},
        "port": {"type": "number"},
    },
}


def test_an_entry_is_reduced_to_what_a_scaffold_needs() -> None:
    assert facts_from_entry("acme", ENTRY, None, "test") == ProviderFacts(
        key="acme",
        auth_mode="OAUTH2",
        display_name="Acme",
        base_url="https://${connectionConfig.subdomain}.acme.example/api/v2/",
        headers={"acme-version": "2024-01-01", "x-retries": "3", "x-flag": "true"},
        paginate={
            "type": "cursor",
            "cursor_path_in_response": "next",
            "cursor_name_in_request": "after",
            "limit": 50,
        },
        retry={"at": ["x-reset"], "error_code": ["403", "429"]},
        docs="https://docs.acme.example/api",
        connection_config=(
            ConnectionField("subdomain", example="acme", pattern="^[a-z]+$"),
            ConnectionField("port", type="number"),
            ConnectionField("region", required=False),
            ConnectionField("instance", required=False, automated=True),
            ConnectionField("secret", required=False),
            ConnectionField("version", required=False),
        ),
        scopes=("read", "offline"),
        categories=("crm", "popular"),
        source="test",
    )
    assert facts_from_entry("acme", ENTRY, None, "test").base_path == "/api/v2"


def test_an_entry_with_little_is_enough() -> None:
    facts = facts_from_entry("acme", {"auth_mode": "NONE"}, None, "test")
    assert facts == ProviderFacts(key="acme", auth_mode="NONE", display_name="acme", source="test")
    assert (facts.base_path, facts.has_scopes) == ("", False)


def test_an_alias_takes_over_what_it_does_not_state_itself() -> None:
    alias = {"alias": "acme", "display_name": "Acme Mail", "proxy": {"base_url": "https://mail.acme.example"}}
    facts = facts_from_entry("acme-mail", alias, ENTRY, "test")
    assert (facts.key, facts.alias_of, facts.display_name) == ("acme-mail", "acme", "Acme Mail")
    assert (facts.auth_mode, facts.scopes) == ("OAUTH2", ("read", "offline"))
    assert facts.base_url == "https://mail.acme.example"
    assert (facts.headers, facts.retry, facts.paginate) == ({}, None, None)  # of the target's proxy, nothing


def test_a_dangling_alias_keeps_what_it_has() -> None:
    facts = facts_from_entry("x", {"alias": "gone", "auth_mode": "BASIC"}, None, "test")
    assert (facts.alias_of, facts.auth_mode) == (None, "BASIC")
    with pytest.raises(CatalogueError, match="alias of 'gone'"):
        facts_from_entry("x", {"alias": "gone"}, None, "test")


def test_an_entry_without_auth_mode_is_refused() -> None:
    with pytest.raises(CatalogueError, match="no auth_mode") as refusal:
        facts_from_entry("acme", {"display_name": "Acme"}, None, "providers.yaml (node_modules, 0.69.36)")
    assert refusal.value.where == "providers.yaml (node_modules, 0.69.36): acme"


@pytest.mark.parametrize(
    "paginate",
    [
        {"type": "cursor", "offset_name_in_request": "nextToken", "limit_name_in_request": "limit"},
        {"type": "cursor", "cursor_name_in_request": "after"},
        {"type": "offset", "limit_name_in_request": "limit"},
        {"type": "link", "response_path": "data"},
        {"type": "pages"},
        {"cursor_name_in_request": "after"},
        "link",
        None,
    ],
)
def test_pagination_that_nango_could_not_follow_counts_as_none(paginate: Any) -> None:
    entry = {"auth_mode": "NONE", "proxy": {"paginate": paginate}}
    assert facts_from_entry("acme", entry, None, "test").paginate is None


@pytest.mark.parametrize(
    ("mode", "has_scopes"),
    [
        *((mode, True) for mode in ("OAUTH1", "OAUTH2", "OAUTH2_CC", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC")),
        *((mode, False) for mode in ("API_KEY", "BASIC", "NONE", "TWO_STEP", "JWT", "TBA", "APP", "BILL")),
    ],
)
def test_scopes_belong_to_oauth(mode: str, has_scopes: bool) -> None:
    assert ProviderFacts(key="x", auth_mode=mode).has_scopes is has_scopes


def test_nothing_of_an_entry_can_leave_its_line() -> None:
    entry = {
        "auth_mode": "NONE",
        "display_name": "Acme\nimport evil",
        "docs": "https://acme.example/*/ evil()",
        "proxy": {
            "base_url": "https://acme.example/\nx",
            "headers": {"x\ny": "1", "ok": "a\nb", "fine": "1"},
        },
    }
    facts = facts_from_entry("acme", entry, None, "test")
    assert (facts.display_name, facts.docs, facts.base_url, facts.headers) == (
        "acme",
        None,
        None,
        {"fine": "1"},
    )


def test_plain_data_leaves_out_what_is_empty() -> None:
    assert ProviderFacts(key="x", auth_mode="NONE").to_data() == {"key": "x", "auth_mode": "NONE"}


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("automated", [True, False])
def test_connection_fields_keep_their_flags(required: bool, automated: bool) -> None:
    fields = (ConnectionField("dc", required=required, automated=automated),)
    facts = ProviderFacts(key="x", auth_mode="NONE", connection_config=fields)
    assert ProviderFacts.from_data(facts.to_data()) == facts


@pytest.mark.parametrize("missing", ["key", "auth_mode"])
def test_stored_facts_need_a_key_and_an_auth_mode(missing: str) -> None:
    data = ProviderFacts(key="x", auth_mode="NONE").to_data()
    del data[missing]
    with pytest.raises(AnswersError, match=missing):
        ProviderFacts.from_data(data)


LINES = st.text(st.characters(min_codepoint=1, max_codepoint=0x2FF), max_size=8)
NAMES = st.sampled_from(
    (
        *("auth_mode", "alias", "display_name", "docs", "proxy", "connection_config", "categories"),
        *("default_scopes", "base_url", "headers", "retry", "paginate", "type", "at", "in_body", "optional"),
        *("automated", "example", "cursor_path_in_response", "cursor_name_in_request"),
        *("offset_name_in_request", "response_path"),
    )
)
SCALARS = st.one_of(
    LINES,
    st.integers(-9, 9),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["link", "cursor", "offset", "https://a.example/v1", "${connectionConfig.x}/y || https://b"]
    ),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(NAMES, LINES), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(st.dictionaries(NAMES, ANYTHING, max_size=6), st.dictionaries(NAMES, ANYTHING, max_size=6))
def test_facts_of_any_entry_survive_being_stored(entry: dict[str, Any], base: dict[str, Any]) -> None:
    facts = facts_from_entry("acme", {**entry, "auth_mode": "OAUTH2"}, base, "test")
    stored = json.loads(json.dumps(facts.to_data()))
    assert ProviderFacts.from_data(stored) == facts
    assert ProviderFacts.from_data(stored).to_data() == stored
