"""How a loop over pages detects the last one, or requests one more, by the style of its pagination."""

from __future__ import annotations

from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

from nango_scaffold.typescript.syntax import syntax_of

CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "after"}
OFFSET = {"type": "offset", "offset_name_in_request": "start"}
LINK = {"type": "link", "link_path_in_response_body": "next"}
FULL = {"limit": 50, "limit_name_in_request": "count"}
ASKED_AGAIN = "const response = await nango.get<"


def sync_of(paginate: dict[str, Any], *, models: Any = None, **sync: Any) -> str:
    """The text of a sync of users."""
    request = {"path": "/users", "response_path": "users", "paginate": paginate, **sync.pop("request", {})}
    answers = {
        "provider": "acme",
        "provider_facts": {"base_url": "https://api.acme.com", "auth_mode": "API_KEY"},
        "models": models or {"User": {"id": "string", "updated": "date"}},
        "syncs": [{"name": "users", "model": "User", "request": request, **sync}],
    }
    (text,) = (text for path, text in tree_of([job(answers)]).items() if path.endswith("syncs/users.ts"))
    return text


def test_a_cursor_is_followed_by_what_nango_tells_of_the_next_page() -> None:
    text = sync_of(CURSOR)
    assert "on_page: onPage" in text
    assert "hasMore = nextPageParam !== undefined;" in text
    assert text.index("    if (hasMore) {") < text.index(f"        {ASKED_AGAIN}")


def test_an_offset_with_a_limit_ends_at_a_page_that_is_not_full() -> None:
    text = sync_of({**OFFSET, **FULL})
    assert "hasMore = page.length >= 50;" in text
    assert text.index("    if (hasMore) {") < text.index(f"        {ASKED_AGAIN}")


def test_an_offset_without_a_limit_always_asks_once_more() -> None:
    text = sync_of(OFFSET)
    assert "hasMore" not in text
    assert f"\n    {ASKED_AGAIN}" in text


def test_links_show_each_page_to_the_loop() -> None:
    text = sync_of(LINK)
    assert "requireList(nango, page, 'users');" in text
    assert "hasMore" not in text
    assert "params: {" not in text


NOTED = [
    # the request, the part that nango.paginate notes the page in
    ({}, "params: {}"),
    ({"method": "POST"}, "data: {}"),
]


@pytest.mark.parametrize("paginate", [CURSOR, OFFSET])
@pytest.mark.parametrize(("request_", "part"), NOTED)
def test_a_request_has_the_part_that_the_page_is_noted_in(
    paginate: dict[str, Any], request_: dict[str, Any], part: str
) -> None:
    noted = f"// nango.paginate notes here which page it asks for.\n        {part},"
    assert noted in sync_of(paginate, request=request_)


def test_parts_that_are_there_serve_as_well() -> None:
    text = sync_of(CURSOR, request={"params": {"active": True}})
    assert "notes here" not in text
    assert text.count("params: {") == 1


@pytest.mark.parametrize("paginate", [CURSOR, OFFSET, {**OFFSET, **FULL}])
def test_a_loop_that_ends_at_an_old_record_asks_for_nothing_more(paginate: dict[str, Any]) -> None:
    text = sync_of(paginate, sync_type="incremental", request={"incremental": {"field": "updated"}})
    stop = text.index("if (changed.length < page.length) {")
    assert text[stop:].split("\n")[1].strip() == "return;"


@pytest.mark.parametrize("paginate", [CURSOR, OFFSET, {**OFFSET, **FULL}, LINK])
def test_a_selection_passes_over_only_what_is_gone(paginate: dict[str, Any]) -> None:
    text = sync_of(
        paginate,
        models={"Chosen": {"files": "string[]", "folders": "string[]"}, "User": {"id": "string"}},
        pattern="selection",
        metadata="Chosen",
        selection={"item_path": "/users/${item}"},
        request={"path": "/folders/${folder}"},
    )
    assert text.count("} catch (error) {\n        requireGone(error);") == 2
    assert "if (![404, 410].includes(error.response?.status)) {\n        throw error;" in text


ODD = ("it's", "a-b", "a`b", "$x", "*/", "//", "new", "endpoint")
OWN_LOOPS = [
    {"type": "last_id", "cursor_name_in_request": "?", "id_path": "?", "more_path": "?.?"},
    {**CURSOR, "cursor_name_in_request": "?", "last_path": "?"},
    {**OFFSET, "offset_name_in_request": "?", "more_path": "?"},
    {"type": "total", "offset_name_in_request": "?", "total_path": "?.total"},
    {"type": "total", "offset_name_in_request": "page", "total_path": "meta.?"},
    {**CURSOR, "more_path": "?", "response_path": "a.?"},
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("paginate", OWN_LOOPS)
def test_a_loop_of_its_own_escapes_each_name_for_its_place(paginate: dict[str, Any], odd: str) -> None:
    text = sync_of({key: value.replace("?", odd) for key, value in paginate.items()})
    syntax = syntax_of(text)
    assert syntax.is_whole
    assert not syntax.excess
    assert text.count("    while (hasMore) {") == 1
    assert text.count("nango.get<AcmeUsersBody>(proxyConfig);") == 1


@pytest.mark.parametrize("paginate", [{**CURSOR, "more_path": "more"}, OWN_LOOPS[3]])
def test_a_loop_of_its_own_says_why_and_looks_at_each_page(paginate: dict[str, Any]) -> None:
    text = sync_of({key: value.replace("?", "a") for key, value in paginate.items()})
    assert "nango.paginate<" not in text
    assert text.count("which nango.paginate does not look at.\n    while (hasMore) {") == 1
    assert text.count("requireNewPage(nango, seen, ") == 1
    assert text.count("requireList(nango, page, 'users');") == 1


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("paginate", [{"type": "none"}, CURSOR, OFFSET, LINK])
def test_records_within_items_and_errors_are_read_by_any_name(paginate: dict[str, Any], odd: str) -> None:
    text = sync_of(paginate, request={"record_path": f"a.{odd}", "errors_path": f"{odd}.{odd}"})
    syntax = syntax_of(text)
    assert syntax.is_whole
    assert not syntax.excess
    assert text.count("requireList(nango, items, 'users');") == 1
    assert text.count("const page = items.flatMap((item) => item?.a") == 1
    assert text.count("refuseListedErrors(nango, response.data, [") == 1
    assert "nango.paginate<" not in text


@pytest.mark.parametrize("header", ["X-it's", "X-$&", "X-'+x+'"])
def test_the_name_of_a_header_stays_a_name(header: str) -> None:
    total = {"type": "total", "offset_name_in_request": "start", "total_header": header}
    cursor = {
        "type": "cursor",
        "cursor_name_in_request": "page",
        "cursor_in_response_header": header,
    }
    for paginate in (total, cursor):
        syntax = syntax_of(sync_of(paginate))
        assert syntax.is_whole
        assert not syntax.excess


@pytest.mark.parametrize("pattern", ["window", "extended"])
def test_every_pattern_reads_records_within_items_and_errors(pattern: str) -> None:
    text = sync_of(CURSOR, pattern=pattern, request={"record_path": "user", "errors_path": "error"})
    assert text.count(".flatMap((item) => item?.user ?? [])") == 1
    assert text.count("refuseListedErrors(nango, response.data, ['error']);") == 1
