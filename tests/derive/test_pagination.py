"""How pagination is chosen: what the script states beyond the provider's own entry, and what is reported."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.derive.requests.pagination import pagination_reasons
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts

HEADER = {"type": "link", "link_rel_in_response_header": "next", "limit_name_in_request": "per_page"}
BODY = {"type": "link", "link_path_in_response_body": "next", "response_path": "items"}
CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "after"}


def spec_of(
    provider_paginate: dict[str, Any] | None, paginate: dict[str, Any] | None = None, **request: Any
) -> Any:
    facts = ProviderFacts(
        "acme",
        "API_KEY",
        base_url="https://api.acme.com",
        paginate=provider_paginate,
        source="providers.yaml",
    )
    settings = {"paginate": paginate, **request}
    data = {"provider": "acme", "syncs": [{"name": "users", "request": settings}], "actions": []}
    return derive(load_answers(data), facts, {})


WRITTEN = [
    # the provider's own, the answers, what the script states
    (HEADER, None, {}),
    (HEADER, {"limit": 50}, {"limit": 50}),
    (
        HEADER,
        {"link_path_in_response_body": "next"},
        {"link_path_in_response_body": "next", "response_path": "users", "link_rel_in_response_header": ""},
    ),
    (
        BODY,
        {"link_rel_in_response_header": "next"},
        {"link_rel_in_response_header": "next", "link_path_in_response_body": ""},
    ),
    (HEADER, CURSOR, {**CURSOR, "limit_name_in_request": "per_page", "response_path": "users"}),
    (CURSOR, {"in_body": True}, {"in_body": True, "response_path": "users"}),
    (None, CURSOR, {**CURSOR, "response_path": "users"}),
]


@pytest.mark.parametrize(("provider_paginate", "paginate", "in_script"), WRITTEN)
def test_the_script_states_what_the_entry_does_not(
    provider_paginate: Any, paginate: Any, in_script: Any
) -> None:
    (sync,) = spec_of(provider_paginate, paginate).syncs
    assert sync.pagination.written == in_script


@pytest.mark.parametrize(
    ("method", "paginate", "in_body"),
    [
        ("GET", {}, False),
        ("POST", {}, True),
        ("POST", {"in_body": False}, False),
        ("GET", {"in_body": True}, True),
    ],
)
def test_a_request_with_a_body_carries_the_page_in_it(method: str, paginate: Any, in_body: bool) -> None:
    (sync,) = spec_of(CURSOR, paginate or None, method=method).syncs
    assert sync.pagination.in_body is in_body


REASONS = [
    (HEADER, None, "link in a header, the provider's own (providers.yaml)"),
    (HEADER, {"limit": 50}, "link in a header, the answers, over the provider's own"),
    (HEADER, {"type": "none"}, "a single page, the answers, over the provider's own"),
    (HEADER, BODY, "link in the body, the answers, over the provider's own"),
    (None, CURSOR, "cursor, the answers"),
    (None, {"type": "offset", "offset_name_in_request": "page"}, "offset by response size, the answers"),
    (None, None, "cursor, a guess"),
]


@pytest.mark.parametrize(("provider_paginate", "paginate", "reason"), REASONS)
def test_the_reason_is_told_in_words(provider_paginate: Any, paginate: Any, reason: str) -> None:
    assert pagination_reasons(spec_of(provider_paginate, paginate)) == {"users": reason}


def test_a_limit_needs_a_parameter_that_holds_it() -> None:
    with pytest.raises(AnswersError, match="no parameter that holds it"):
        spec_of(CURSOR, {"limit": 5})


def test_every_further_request_of_a_sync_is_told_of() -> None:
    facts = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", paginate=CURSOR, source="facts")
    sync = {
        "name": "users",
        "models": ["User", "Team"],
        "sync_type": "incremental",
        "requests": {"Team": {"method": "POST"}},
        "children": {"model": "Visit", "path": "/users/${parent.id}/visits", "paginate": {"type": "none"}},
        "deleted": {
            "path": "/users/gone",
            "paginate": {
                "type": "offset",
                "offset_name_in_request": "page",
                "offset_calculation_method": "per-page",
            },
        },
    }
    reasons = pagination_reasons(derive(load_answers({"provider": "acme", "syncs": [sync]}), facts, {}))
    provider_own, over = "the provider's own (facts)", "the answers, over the provider's own"
    assert reasons == {
        "users": f"cursor, {provider_own}",
        "users, Team": f"cursor in the request body, {provider_own}",
        "users, Visit": f"a single page, {over}",
        "users, deleted": f"offset by page, {over}",
    }


def test_a_list_by_post_sends_the_query_of_a_link_as_a_query() -> None:
    facts = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", paginate=HEADER, source="facts")
    actions = [{"name": "list-users", "request": {"method": "POST"}}, {"name": "list-teams"}]
    spec = derive(load_answers({"provider": "acme", "actions": actions}), facts, {})
    assert [action.listing.pagination.in_body for action in spec.actions if action.listing] == [False, False]


def guesses_of(
    provider_paginate: dict[str, Any] | None,
    request: dict[str, Any] | None = None,
    source: str = "providers.yaml",
) -> dict[str, str]:
    facts = ProviderFacts(
        "acme", "API_KEY", base_url="https://api.acme.com", paginate=provider_paginate, source=source
    )
    data = {
        "provider": "acme",
        "syncs": [{"name": "users", "request": request or {}}],
        "action_names": ["list-teams"],
    }
    spec = derive(load_answers(data), facts, {})
    return {guess.answer: f"{guess.value} ({guess.why})" for guess in spec.guesses}


def test_what_an_entry_says_of_all_lists_of_a_provider_is_a_guess_for_each() -> None:
    guesses = guesses_of(BODY)
    for script in ("syncs[0]", "actions[0]"):
        assert guesses[f"{script}.request.response_path"].startswith(
            "items (what providers.yaml says of all lists"
        )
        paging = guesses[f"{script}.request.paginate"]
        assert paging.startswith("type: link, link_path_in_response_body: next (what providers.yaml says")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("embedded", "the built-in facts say"),
        ("embedded, answers", "the built-in facts and the answers say"),
        ("providers.yaml (--providers)", "providers.yaml (--providers) says"),
    ],
)
def test_a_guess_names_its_source_in_words(source: str, words: str) -> None:
    of_lists = guesses_of(BODY, source=source)
    assert f"(what {words} of all lists of acme; " in of_lists["syncs[0].request.response_path"]
    assert f"(what {words} of all lists of acme; " in of_lists["syncs[0].request.paginate"]
    without = guesses_of(None, source=source)
    assert without["syncs[0].request.paginate"].endswith(f"({words} nothing of the pagination of acme)")


def test_an_answer_for_this_list_settles_where_the_records_are_and_how_it_is_paged() -> None:
    guesses = guesses_of(BODY, {"response_path": "items", "paginate": {}})
    assert not any(answer.startswith("syncs[0].request.pag") for answer in guesses)
    assert "syncs[0].request.response_path" not in guesses
    assert "syncs[0].request.response_path" not in guesses_of(BODY, {"paginate": {"response_path": "users"}})


def test_a_link_in_a_header_is_taken_for_granted_nowhere() -> None:
    assert "syncs[0].request.paginate" not in guesses_of(HEADER)


LAST_ID = {"type": "last_id", "cursor_name_in_request": "starting_after"}
TOTAL = {"type": "total", "offset_name_in_request": "start", "total_path": "meta.total"}
COUNT = {"total_path": None, "total_header": "X-Total-Count"}
NEXT_PAGE = {
    "type": "cursor",
    "cursor_in_response_header": "X-Next-Page",
    "cursor_name_in_request": "page",
}
QUERY = {"query": "query ($cursor: String) { users(after: $cursor) { nodes { id } } }"}
GRAPHQL = {"type": "graphql"}


@pytest.mark.parametrize(
    ("paginate", "settings", "keys"),
    [
        (LAST_ID, {}, {"id_path": "id"}),
        ({**LAST_ID, "id_path": "uuid"}, {}, {"id_path": "uuid"}),
        (TOTAL, {}, {"total_unit": "records"}),
        (
            {**TOTAL, "total_path": "meta.totalPages"},
            {},
            {"total_unit": "pages", "offset_calculation_method": "per-page", "offset_start_value": 1},
        ),
        (
            {**TOTAL, "offset_name_in_request": "page_number"},
            {},
            {"total_unit": "records", "offset_calculation_method": "per-page", "offset_start_value": 1},
        ),
        ({**TOTAL, **COUNT}, {}, {"total_unit": "records"}),
        (
            {**TOTAL, "total_path": None, "total_header": "X-WP-TotalPages"},
            {},
            {"total_unit": "pages", "offset_calculation_method": "per-page", "offset_start_value": 1},
        ),
        (NEXT_PAGE, {}, {}),
        (
            GRAPHQL,
            {"data": QUERY, "response_path": "data.users.nodes"},
            {
                "cursor_name_in_request": "cursor",
                "cursor_path_in_response": "data.users.pageInfo.endCursor",
                "more_path": "data.users.pageInfo.hasNextPage",
            },
        ),
        (
            GRAPHQL,
            {"json": QUERY, "response_path": "users"},
            {"cursor_name_in_request": "cursor", "more_path": "pageInfo.hasNextPage"},
        ),
        (
            {**GRAPHQL, "page_info_path": "data.page", "cursor_name_in_request": "from"},
            {"data": {"query": "{ users { id } }"}, "response_path": "data.users"},
            {
                "cursor_name_in_request": "from",
                "cursor_path_in_response": "data.page.endCursor",
                "more_path": "data.page.hasNextPage",
            },
        ),
    ],
)
def test_what_a_pagination_leaves_unset_follows_from_the_rest(
    paginate: dict[str, Any], settings: dict[str, Any], keys: dict[str, Any]
) -> None:
    (sync,) = spec_of(None, paginate, **settings).syncs
    assert sync.pagination.turns_pages
    assert not sync.is_paged
    assert keys.items() <= dict(sync.pagination.keys).items()


def test_the_last_id_is_where_the_models_id_is() -> None:
    sync_answers = {"name": "users", "mapping": {"id": "uid.value"}, "request": {"paginate": LAST_ID}}
    facts = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")
    (sync,) = derive(load_answers({"provider": "acme", "syncs": [sync_answers]}), facts, {}).syncs
    assert sync.pagination.keys["id_path"] == "uid.value"


@pytest.mark.parametrize("provider_paginate", [None, HEADER, CURSOR])
def test_a_flag_makes_a_loop_of_a_cursor(provider_paginate: dict[str, Any] | None) -> None:
    (sync,) = spec_of(provider_paginate, {**CURSOR, "more_path": "has_more"}).syncs
    assert (sync.pagination.kind, sync.pagination.turns_pages) == ("cursor", True)


@pytest.mark.parametrize(
    ("paginate", "settings", "where", "what"),
    [
        ({"type": "last_id"}, {}, "", "lacks cursor_name_in_request"),
        ({**TOTAL, "total_path": None}, {}, "", "lacks total_path"),
        ({**TOTAL, "more_path": "more"}, {}, ".more_path", "says nothing of a pagination of the type total"),
        ({**HEADER, "more_path": "more"}, {}, ".more_path", "of the type link"),
        ({**CURSOR, "id_path": "id"}, {}, ".id_path", "of the type cursor"),
        ({**CURSOR, "total_path": "total"}, {}, ".total_path", "of the type cursor"),
        ({**LAST_ID, "more_path": "more", "last_path": "last"}, {}, ".last_path", "say the same"),
        (
            {**TOTAL, "total_unit": "pages", "offset_calculation_method": "by-response-size"},
            {},
            ".total_unit",
            "counts records",
        ),
        ({**TOTAL, "total_header": "X-Total"}, {}, ".total_header", "say the same"),
        ({**CURSOR, "total_header": "X-Total"}, {}, ".total_header", "of the type cursor"),
        ({**TOTAL, "cursor_in_response_header": "X"}, {}, ".cursor_in_response_header", "of the type total"),
        ({**TOTAL, **COUNT, "total_header": "X Total"}, {}, ".total_header", "X Total"),
        (GRAPHQL, {}, ".type", "the request sends none"),
        (GRAPHQL, {"data": {"search": "x"}}, ".type", "the request sends none"),
    ],
)
def test_a_pagination_that_makes_no_sense_is_refused(
    paginate: dict[str, Any], settings: dict[str, Any], where: str, what: str
) -> None:
    with pytest.raises(AnswersError, match=what) as refusal:
        spec_of(None, paginate, **settings)
    assert refusal.value.where == f"syncs[0].request.paginate{where}"


@pytest.mark.parametrize(
    ("paginate", "settings", "where"),
    [
        (LAST_ID, {"params": {"starting_after": "a"}}, "params.starting_after"),
        ({**LAST_ID, "limit": 5, "limit_name_in_request": "count"}, {"params": {"count": 9}}, "params.count"),
        (TOTAL, {"params": {"start": 9}}, "params.start"),
        (GRAPHQL, {"data": {**QUERY, "variables": {"cursor": "a"}}}, "data.variables.cursor"),
    ],
)
def test_what_the_loop_sends_is_not_sent_twice(
    paginate: dict[str, Any], settings: dict[str, Any], where: str
) -> None:
    with pytest.raises(AnswersError, match="the script fills") as refusal:
        spec_of(None, paginate, **settings)
    assert refusal.value.where == f"syncs[0].request.{where}"


@pytest.mark.parametrize(
    ("paginate", "settings", "style"),
    [
        (
            {**LAST_ID, "more_path": "has_more"},
            {},
            "id of the last record, until has_more is false, the answers",
        ),
        (LAST_ID, {}, "id of the last record, until a page is empty, the answers"),
        ({**CURSOR, "last_path": "isLast"}, {}, "cursor, until isLast is true, the answers"),
        (TOTAL, {}, "offset by response size, until the total of meta.total is reached, the answers"),
        (
            {**TOTAL, **COUNT},
            {},
            "offset by response size, until the total of X-Total-Count is reached, the answers",
        ),
        (NEXT_PAGE, {}, "cursor, until the header X-Next-Page is empty, the answers"),
        (
            GRAPHQL,
            {"data": QUERY, "response_path": "nodes"},
            "cursor among the variables of the query, until pageInfo.hasNextPage is false, the answers",
        ),
    ],
)
def test_how_a_loop_of_its_own_reads_pages_is_told(
    paginate: dict[str, Any], settings: dict[str, Any], style: str
) -> None:
    assert pagination_reasons(spec_of(None, paginate, **settings)) == {"users": style}


@pytest.mark.parametrize("paginate", [{**TOTAL, **COUNT}, NEXT_PAGE])
def test_a_long_pass_reads_no_headers(paginate: dict[str, Any]) -> None:
    sync = {"name": "users", "pattern": "extended", "request": {"paginate": paginate}}
    facts = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")
    with pytest.raises(AnswersError, match="the bodies of responses alone") as refusal:
        derive(load_answers({"provider": "acme", "syncs": [sync]}), facts, {})
    assert refusal.value.where.startswith("syncs[0].request.paginate.")


@pytest.mark.parametrize(
    "paginate",
    [
        {**CURSOR, "response_path": ""},
        {"type": "link", "link_path_in_response_body": "next", "response_path": ""},
    ],
)
def test_an_action_finds_no_next_page_beside_records_that_are_the_whole_body(
    paginate: dict[str, Any],
) -> None:
    facts = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com")
    data = {"provider": "acme", "actions": [{"name": "list-users", "request": {"paginate": paginate}}]}
    with pytest.raises(AnswersError, match="one of them cannot be"):
        derive(load_answers(data), facts, {})
