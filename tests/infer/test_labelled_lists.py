"""Inferred pagination of real lists: never wrong, and seldom missing.

The lists were picked by a fixed rule (every k-th of each document, four or two a document) and with the traps that a
look over all lists of those documents showed; each is labelled by hand after the documentation of the API. The file
holds facts only: names, types, and of descriptions the few words that a rule looks for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nango_scaffold.infer.pagination import paging_by
from nango_scaffold.infer.paging_evidence import EnvelopeField, PagingEvidence, PagingParameter
from nango_scaffold.infer.paging_rules import Paging
from nango_scaffold.providers.facts import ProviderFacts

LISTS = [
    json.loads(line)
    for line in Path(__file__).with_name("labelled_lists.jsonl").read_text("utf-8").splitlines()
]

_BY_HEADER = {"type": "link", "link_rel_in_response_header": "next"}
PROVIDERS: dict[str, dict[str, str]] = {
    "github": _BY_HEADER,
    "okta": _BY_HEADER,
    "asana": {
        "type": "cursor",
        "cursor_path_in_response": "next_page.offset",
        "cursor_name_in_request": "offset",
    },
    "slack": {
        "type": "cursor",
        "cursor_path_in_response": "response_metadata.next_cursor",
        "cursor_name_in_request": "cursor",
    },
    "zoom": {
        "type": "cursor",
        "cursor_path_in_response": "next_page_token",
        "cursor_name_in_request": "next_page_token",
    },
    "jira": {**_BY_HEADER, "link_path_in_response_body": "_links.next"},
}
"""How Nango pages the lists of a provider by itself; what it has for Jira fits few of Jira's lists."""


def test_the_set_is_large_and_varied() -> None:
    documents = {entry["document"] for entry in LISTS}
    assert len(LISTS) >= 160
    assert len(documents) >= 45


@pytest.mark.parametrize(
    "entry", LISTS, ids=lambda entry: f"{entry['document'].rpartition(':')[2]} {entry['path']}"
)
def test_no_pagination_is_wrong(entry: dict[str, Any]) -> None:
    for paging in (_paging(entry, None), _paging(entry, _facts(entry))):
        assert not paging.is_known or _essence(paging) in entry["label"], paging.reason


def test_few_lists_stay_unknown() -> None:
    unknown = [_paging(entry, _facts(entry)) for entry in LISTS]
    silent = [paging for paging in unknown if not paging.is_known and paging.rule == "single page"]
    doubtful = [paging for paging in unknown if not paging.is_known and paging.rule != "single page"]
    assert len(silent) <= 36  # without a word of pages, in a document that has few of them
    assert len(doubtful) <= 23
    assert all(paging.reason for paging in (*silent, *doubtful))


def _paging(entry: dict[str, Any], facts: ProviderFacts | None) -> Paging:
    return paging_by(
        PagingEvidence(
            parameters=tuple(_parameter(*values) for values in entry.get("parameters", [])),
            headers=frozenset(entry.get("headers", [])),
            fields=tuple(_field(path, *text.split("/")) for path, text in entry.get("fields", {}).items()),
            records=tuple(filter(None, entry.get("records", "").split("."))),
            has_id=entry.get("has_id", False),
            others_page=entry.get("others_page", False),
            facts=facts,
        )
    )


def _facts(entry: dict[str, Any]) -> ProviderFacts | None:
    provider = entry.get("provider", "")
    if provider not in PROVIDERS:
        return None
    return ProviderFacts(
        key=provider, auth_mode="OAUTH2", paginate=PROVIDERS[provider], source="the catalogue"
    )


def _parameter(name: str, kind: str, says: str, *others: Any) -> PagingParameter:
    hints = next((item for item in others if isinstance(item, dict)), {})
    return PagingParameter(name, kind, says, "required" in others, hints)


def _field(path: str, kind: str, form: str = "", says: str = "") -> EnvelopeField:
    return EnvelopeField(tuple(path.split(".")), kind, form, says)


def _essence(paging: Paging) -> dict[str, Any]:
    """The settings without the page size."""
    settings = paging.settings or {}
    return {key: value for key, value in settings.items() if key not in ("limit", "limit_name_in_request")}
