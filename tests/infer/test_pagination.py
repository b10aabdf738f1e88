"""Each rule of pagination decides on its evidence, and abstains where half of it is missing."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import PAGINATE
from nango_scaffold.infer.document import load
from nango_scaffold.infer.operations import find, read
from nango_scaffold.infer.pagination import evidence_of, paginate_of, paging_by
from nango_scaffold.infer.paging_evidence import EnvelopeField, PagingEvidence, PagingParameter
from nango_scaffold.providers.facts import ProviderFacts

Row = tuple[Any, ...]


def evidence(*parameters: Row, fields: tuple[Row, ...] = (), **others: Any) -> PagingEvidence:
    return PagingEvidence(
        parameters=tuple(PagingParameter(*row) for row in parameters),
        fields=tuple(EnvelopeField(tuple(row[0].split(".")), *row[1:]) for row in fields),
        **others,
    )


def hints(**values: Any) -> Row:
    return ("", False, values)


DECIDED = {
    "a cursor and its parameter": (
        evidence(("cursor", "string"), fields=(("meta.next_cursor", "string"),)),
        {"cursor_path_in_response": "meta.next_cursor", "cursor_name_in_request": "cursor"},
    ),
    "a cursor under another name": (
        evidence(("pageToken", "string"), fields=(("nextPageToken", "string"),)),
        {"cursor_path_in_response": "nextPageToken", "cursor_name_in_request": "pageToken"},
    ),
    "the one that has the field's own name": (
        evidence(
            ("next_token", "string"), ("pagination_token", "string"), fields=(("meta.next_token", "string"),)
        ),
        {"cursor_name_in_request": "next_token"},
    ),
    "the next offset": (
        evidence(("start", "integer"), fields=(("additional_data.pagination.next_start", "integer"),)),
        {
            "cursor_path_in_response": "additional_data.pagination.next_start",
            "cursor_name_in_request": "start",
        },
    ),
    "the number of the next page": (
        evidence(("page", "integer"), fields=(("metadata.paging.next_page", "integer"),)),
        {"type": "cursor", "cursor_path_in_response": "metadata.paging.next_page"},
    ),
    "the end of what was sent": (
        evidence(("cursor", "string"), fields=(("pageInfo.endCursor", "string"),)),
        {"cursor_path_in_response": "pageInfo.endCursor"},
    ),
    "an address that the format tells": (
        evidence(fields=(("next", "string", "uri"), ("previous", "string", "uri"))),
        {"type": "link", "link_path_in_response_body": "next"},
    ),
    "an address as Django sends it": (
        evidence(fields=(("count", "integer"), ("next", "string"), ("previous", "string"))),
        {"link_path_in_response_body": "next"},
    ),
    "an address of OData": (
        evidence(fields=(("@odata.nextLink", "string"),)),
        {"link_path_in_response_body": "@odata.nextLink"},
    ),
    "the address beside the records": (
        evidence(
            fields=(
                ("albums.next", "string", "", "URL of the next page"),
                ("other.next", "string", "", "URL"),
            ),
            records=("albums", "items"),
        ),
        {"link_path_in_response_body": "albums.next"},
    ),
    "the id of the last record": (
        evidence(("starting_after", "string"), fields=(("has_more", "boolean"),)),
        {"type": "last_id", "cursor_name_in_request": "starting_after", "more_path": "has_more"},
    ),
    "an id that the response names": (
        evidence(("after", "string"), fields=(("has_more", "boolean"), ("last_id", "string"))),
        {"type": "cursor", "cursor_path_in_response": "last_id", "more_path": "has_more"},
    ),
    "records to skip": (
        evidence(("offset", "integer"), ("limit", "integer")),
        {"offset_name_in_request": "offset", "offset_calculation_method": "by-response-size"},
    ),
    "records to skip, from 1": (
        evidence(("startIndex", "integer", "The 1-based index of the first result")),
        {"offset_name_in_request": "startIndex", "offset_start_value": 1},
    ),
    "records to skip, as text": (
        evidence(("startAt", "string", "The index of the first item", False, {"default": "0"})),
        {"offset_name_in_request": "startAt"},
    ),
    "pages from 1": (
        evidence(("page", "integer", *hints(default=1))),
        {"offset_start_value": 1, "offset_calculation_method": "per-page"},
    ),
    "pages from 0": (
        evidence(("page", "integer", "Page index. First page is 0."), ("per_page", "integer")),
        {"offset_start_value": 0},
    ),
    "pages as Rails counts them": (
        evidence(("page", "integer", "The page"), ("per_page", "integer")),
        {"offset_start_value": 1},
    ),
    "pages of a JSON:API": (
        evidence(("page[number]", "integer", *hints(minimum=1)), ("page[size]", "integer")),
        {"offset_name_in_request": "page[number]", "offset_start_value": 1},
    ),
    "numbers where the API does both": (
        evidence(
            ("page", "integer", *hints(default=1)),
            ("cursor", "string"),
            fields=(("next_cursor", "string"),),
        ),
        {"offset_name_in_request": "page"},
    ),
    "a header that is declared": (
        evidence(("page", "integer"), headers=frozenset(("link", "x-total"))),
        {"link_rel_in_response_header": "next"},
    ),
    "no word of pages, where others have one": (evidence(others_page=True), {"type": "none"}),
}


@pytest.mark.parametrize("name", DECIDED)
def test_a_proof_decides(name: str) -> None:
    evidence, settings = DECIDED[name]
    paging = paging_by(evidence)
    assert paging.settings is not None, paging.reason
    assert settings.items() <= dict(paging.settings).items()
    assert not list(PAGINATE.problems(paging.settings, "paginate"))


DOUBTFUL = {
    "a cursor without its field": evidence(("cursor", "string")),
    "a field without its parameter": evidence(fields=(("next_cursor", "string"),)),
    "a limit alone": evidence(("limit", "integer")),
    "a total alone": evidence(fields=(("total_count", "integer"),)),
    "more records, and no way to them": evidence(fields=(("has_more", "boolean"),)),
    "the start of a time range": evidence(
        ("start", "integer", "Unix timestamp"), ("end", "integer"), ("limit", "integer")
    ),
    "since and until": evidence(("since", "string"), ("until", "string"), ("limit", "integer")),
    "a text that may be a token": evidence(
        ("offset", "string", "A token of the page before"), ("limit", "integer")
    ),
    "an offset that counts pages": evidence(
        ("offset", "integer", "The page to return"), ("limit", "integer")
    ),
    "an index that may start at 1": evidence(("startIndex", "integer", "Index of the first item")),
    "a page that may start at 0": evidence(("page", "integer", "Page of the results"), ("size", "integer")),
    "a marker behind a switch": evidence(
        ("usemarker", "boolean"), ("marker", "string"), fields=(("next_marker", "string"),)
    ),
    "a list that goes back in time": evidence(
        ("after", "integer"),
        ("before", "integer"),
        fields=(("cursors.after", "string"), ("cursors.before", "string")),
    ),
    "a next page that is a flag": evidence(("page", "string"), fields=(("next_page", "boolean"),)),
    "a next page that may be an address": evidence(("page", "integer"), fields=(("next_page", "string"),)),
    "what was asked for, repeated": evidence(("offset", "string"), fields=(("offset", "string"),)),
    "the way back": evidence(("cursor", "string"), fields=(("prev_cursor", "string"),)),
    "two ways on": evidence(fields=(("a.next", "string", "uri"), ("b.next", "string", "uri"))),
    "an end that is no next start": evidence(
        ("start_position", "string"), fields=(("endPosition", "string"),)
    ),
    "an id without a flag for more": evidence(("starting_after", "string")),
    "an id that records lack": evidence(
        ("starting_after", "string"), fields=(("has_more", "boolean"),), has_id=False
    ),
    "no word of pages": evidence(),
    "nothing": evidence(is_described=False),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubt_decides_nothing_and_says_why(name: str) -> None:
    paging = paging_by(DOUBTFUL[name])
    assert paging.settings is None
    assert paging.reason


def facts(**paginate: str) -> ProviderFacts:
    return ProviderFacts(key="acme", auth_mode="OAUTH2", paginate=paginate, source="the catalogue")


def test_the_provider_decides_where_the_list_takes_its_parameter() -> None:
    provider_facts = facts(
        type="cursor", cursor_name_in_request="offset", cursor_path_in_response="next_page.offset"
    )
    assert paging_by(evidence(("offset", "string"), facts=provider_facts)).settings == provider_facts.paginate
    assert paging_by(evidence(("cursor", "string"), facts=provider_facts)).settings is None


def test_the_provider_does_not_decide_against_the_list() -> None:
    provider_facts = facts(
        type="link", link_rel_in_response_header="next", link_path_in_response_body="_links.next"
    )
    start = ("startAt", "integer", "The index of the first item", False, {"default": 0})
    assert paging_by(evidence(start, facts=provider_facts)).rule == "offset"
    header = facts(type="link", link_rel_in_response_header="next")
    named = evidence(("cursor", "string"), fields=(("next_cursor", "string"),), facts=header)
    assert paging_by(named).rule == "next cursor"


def test_a_header_of_the_provider_does_no_harm_where_nothing_is_known() -> None:
    provider_facts = facts(type="link", link_rel_in_response_header="next", limit_name_in_request="per_page")
    settings = {"type": "link", "link_rel_in_response_header": "next"}
    assert paging_by(evidence(facts=provider_facts)).settings == settings
    assert (
        paging_by(evidence(fields=(("total_count", "integer"),), facts=provider_facts)).settings == settings
    )


def test_the_largest_page_is_asked_for_only_where_a_short_one_ends_nothing() -> None:
    limit = ("limit", "integer", *hints(maximum=1000))
    by_cursor = paging_by(evidence(("cursor", "string"), limit, fields=(("next_cursor", "string"),)))
    assert by_cursor.settings is not None
    assert by_cursor.settings["limit"] == 100
    by_offset = paging_by(evidence(("offset", "integer"), limit))
    assert by_offset.settings is not None
    assert "limit" not in by_offset.settings


@pytest.mark.parametrize(
    ("name", "maximum"),
    [
        ("limit", True),
        ("limit", "100"),
        ("limit", 50.5),
        ("limit", 0),
        ("limit\x07", 10),
        ("limit " * 200, 10),
    ],
)
def test_a_largest_page_that_no_request_can_ask_for_is_left_out(name: str, maximum: Any) -> None:
    link_header = evidence((name, "integer", *hints(maximum=maximum)), headers=frozenset(("link",)))
    assert paging_by(link_header).settings == {"type": "link", "link_rel_in_response_header": "next"}


def test_a_sample_proves_what_its_document_leaves_open() -> None:
    operation = read(DOCUMENT, find(DOCUMENT, "GET /deals"))
    assert not paginate_of(operation).is_known
    sample = {
        "data": [{"id": 1}],
        "next_page": {"cursor": "abc", "uri": "https://acme.example/deals?cursor=abc"},
    }
    settings = paginate_of(operation, records=("data",), sample=sample).settings
    assert settings == {
        "type": "cursor",
        "cursor_path_in_response": "next_page.cursor",
        "cursor_name_in_request": "cursor",
        "limit_name_in_request": "limit",
        "limit": 50,
    }


@pytest.mark.parametrize(
    ("header", "is_link"),
    [
        (
            '<https://acme.example/deals?page=2>; rel="next", <https://acme.example/deals?page=9>; rel="last"',
            True,
        ),
        ("<https://acme.example/deals?page=1>; rel=prev", True),
        ('<https://acme.example/deals?a=1;b=2>; title="x"; rel="last"', True),
        ('<https://acme.example/schema>; rel="describedby"', False),
        ("", False),
    ],
)
def test_a_link_header_of_a_sample(header: str, is_link: bool) -> None:
    paging = paginate_of(sample=[{"id": 1}], sample_headers={"LINK": header})
    assert paging.is_known == is_link
    assert not is_link or paging.rule == "link header"


def test_a_sample_alone_proves_an_address_and_no_parameter() -> None:
    address = {"deals": [{"id": 1}], "paging": {"next": "https://acme.example/deals?page=2", "total": 9}}
    settings = paginate_of(sample=address, records=("deals",)).settings
    assert settings == {"type": "link", "link_path_in_response_body": "paging.next"}
    cursor = {"deals": [{"id": 1}], "paging": {"next": "abc"}}
    assert "which parameter takes it" in paginate_of(sample=cursor, records=("deals",)).reason
    assert not paginate_of(sample=[{"id": 1}]).is_known


def test_the_provider_decides_for_a_sample_with_its_field() -> None:
    provider_facts = facts(type="cursor", cursor_path_in_response="meta.next", cursor_name_in_request="from")
    sample = {"deals": [{"id": 1}], "meta": {"next": "abc"}}
    settings = paginate_of(sample=sample, records=("deals",), facts=provider_facts).settings
    assert settings is not None
    assert settings["cursor_name_in_request"] == "from"
    last = paginate_of(sample={"deals": [{"id": 1}]}, records=("deals",), facts=provider_facts)
    assert not last.is_known


def test_a_query_alone_is_no_address() -> None:
    links = {"next": "", "current": "?page=1"}
    sample = {"deals": [{"id": 1}], "links": links}
    assert not paginate_of(sample=sample, records=("deals",)).is_known
    links["current"] = "https://api.acme.example/deals?page=1"
    settings = paginate_of(sample=sample, records=("deals",)).settings
    assert settings == {"type": "link", "link_path_in_response_body": "links.next"}


def test_a_first_page_shows_the_number_of_the_first() -> None:
    parameter = PagingParameter("page", "integer")
    evidence = evidence_of(sample={"items": [{"id": 1}], "page": 0}, records=("items",))
    assert paging_by(PagingEvidence((parameter,), fields=evidence.fields)).settings == {
        "type": "offset",
        "offset_name_in_request": "page",
        "offset_start_value": 0,
        "offset_calculation_method": "per-page",
    }


def test_silence_tells_something_in_a_document_that_speaks_of_pages_elsewhere() -> None:
    colours = read(DOCUMENT, find(DOCUMENT, "GET /colours"))
    assert paginate_of(colours, DOCUMENT).settings == {"type": "none"}
    assert not paginate_of(colours).is_known
    pages = read(DOCUMENT, find(DOCUMENT, "GET /teams/{id}/deals"))  # deals have pages elsewhere
    assert not paginate_of(pages, DOCUMENT).is_known


def test_a_list_that_is_asked_for_with_a_body_is_paged_in_it() -> None:
    search = read(DOCUMENT, find(DOCUMENT, "POST /search"))
    settings = {
        "type": "cursor",
        "cursor_path_in_response": "next_cursor",
        "cursor_name_in_request": "cursor",
    }
    assert paginate_of(search, DOCUMENT).settings == settings
    query = read(DOCUMENT, find(DOCUMENT, "POST /query"))
    assert paginate_of(query, DOCUMENT).settings == {**settings, "in_body": False}


def _operation(*parameters: str, body: tuple[str, ...] = (), fields: tuple[str, ...] = ()) -> dict[str, Any]:
    records = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}}
    text = {"type": "string"}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50}}
    schema = {"type": "object", "properties": {"data": records, **dict.fromkeys(fields, text)}}
    operation: dict[str, Any] = {
        "parameters": [{"name": name, "in": "query", "schema": text} for name in parameters]
        + [limit] * bool(parameters),
        "responses": {"200": {"content": {"application/json": {"schema": schema}}}},
    }
    if body:
        inner = {"type": "object", "properties": dict.fromkeys(body, text)}
        operation["requestBody"] = {"content": {"application/json": {"schema": inner}}}
    return operation


def _document() -> bytes:
    import json

    lists = {f"/{name}": {"get": _operation("cursor")} for name in ("deals", "people", "notes", "calls")}
    others = {
        "/colours": {"get": _operation()},
        "/teams/{id}/deals": {"get": _operation()},
        "/search": {"post": _operation(body=("cursor", "text"), fields=("next_cursor",))},
        "/query": {"post": {**_operation("cursor", fields=("next_cursor",)), "parameters": _CURSOR}},
    }
    return json.dumps({"openapi": "3.0.3", "paths": {**lists, **others}}).encode()


_CURSOR = [{"name": "cursor", "in": "query", "schema": {"type": "string"}}]
DOCUMENT = load(_document(), "acme.json")
