"""GraphQL queries: what is read from a query, and which texts are refused."""

from __future__ import annotations

import pytest

from nango_scaffold.answers.graphql_query import Query, Selected, query_problem, read_query

ISSUES = '''
# all { of them
query Issues($after: String, $filter: F = { a: ["}"] }) @cached(ttl: 1) {
    found: issues(first: 50, after: $after, text: """a { " b""") {
        nodes { id ...Person ... on Bug { severity } ... @include(if: $x) { late } }
        pageInfo { hasNextPage }
    }
}
fragment Person on Issue { owner { id } }
'''


def test_what_a_query_selects_under_the_names_of_the_response() -> None:
    nodes = Selected("nodes", (Selected("id"), Selected("severity"), Selected("late")))
    page_info = Selected("pageInfo", (Selected("hasNextPage"),))
    assert query_problem(ISSUES) == ""
    assert read_query(ISSUES) == Query(
        "query", "Issues", ("after", "filter"), (Selected("found", (nodes, page_info)),)
    )


@pytest.mark.parametrize(
    "text", ["{ a }", "query { a }", "mutation M { a(b: [{c: 1}]) { d } }", "{ a b, c }"]
)
def test_short_forms(text: str) -> None:
    assert query_problem(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "issues",
        "query",
        "query {",
        "{ a",
        "{ a }}",
        "{ a ) }",
        "{ a(b: [) }",
        "{ a(b: 1 }",
        "query A { a } query B { b }",
        "subscription { a }",
        "fragment F on X { a }",
        "{ issue(id: ${input.id}) { id } }",
        "`; process.exit(1); `",
        "{ " + "a { " * 60 + "}" * 61,
        '{ a(b: "open) }',
        "{ }",
        "{ a { } }",
        "{ ...F } fragment F on X { a }",
    ],
)
def test_what_cannot_be_sent_has_a_problem(text: str) -> None:
    assert query_problem(text) != ""
