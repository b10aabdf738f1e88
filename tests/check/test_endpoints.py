"""The rules about endpoints."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import endpoints, rules_of

from .support import findings, lines, tree

YAML = """
integrations:
    {key}:
        syncs:
            items:
                endpoint:
                    method: GET
                    path: {path}
                    group: {group}
models: {{}}
"""
PATH = ["nango.yaml:7:27"]


def with_path(path: str, key: str = "shop", group: str = "Items") -> Tree:
    return tree(YAML.format(path=path, key=key, group=group))


def with_entries(*entries: str) -> Tree:
    """An integration with actions a, b and so on, each of one line: their endpoints."""
    actions = "\n".join(
        f"            {name}:\n                endpoint: {entry}"
        for name, entry in zip("abc", entries, strict=False)
    )
    return tree(f"integrations:\n    shop:\n        actions:\n{actions}\nmodels: {{}}\n")


class TestPlainEndpointPath:
    @pytest.mark.parametrize(
        "path", ["/items", "/pull-requests", "/tickets/page", "/list", "/vip", "/3d-models", "/all-items"]
    )
    def test_it_is_plain(self, path: str) -> None:
        assert lines("Y06", with_path(path)) == []

    @pytest.mark.parametrize(
        ("path", "why"),
        [
            ("/items/{Item:id}", "holds a parameter"),
            ("/items/:id", "holds a parameter"),
            ("/v2/items", "holds the version v2"),
            ("/items/list", "holds the word list"),
            ("/items/all", "holds the word all"),
            ("/shop/items/open", "has 3 parts"),
            ("/Items", "holds more than lower-case letters"),
            ("/pull_requests", "holds more than lower-case letters"),
            ("/items/", "holds more than lower-case letters"),
        ],
    )
    def test_it_is_not(self, path: str, why: str) -> None:
        folder = with_path(path)
        (finding,) = findings("Y06", folder)
        assert lines("Y06", folder) == PATH
        assert f"The path {path} of the sync items {why}" in finding.message

    def test_one_text_or_one_of_a_list_is_looked_at_too(self) -> None:
        folder = with_entries("GET /v1/a", "/b/{x}", "no path")
        assert lines("Y06", folder) == ["nango.yaml:5:27", "nango.yaml:7:27"]
        yaml = """
            integrations:
                shop:
                    syncs:
                        items:
                            endpoint:
                                - GET /items
                                - method: GET
                                  path: /v1/orders
                                - 7
            """
        assert lines("Y06", tree(yaml)) == ["nango.yaml:8:29"]


class TestEndpointPathWithoutProvider:
    @pytest.mark.parametrize(
        ("key", "path", "group"),
        [
            ("github", "/pull-requests", "Pull Requests"),
            ("google-calendar", "/calendars", "Calendars"),
            ("google-calendar", "/calendars", "Events"),
            ("google-drive", "/drives", "Files"),
            ("microsoft-teams", "/teams", "Teams"),
            ("ticket-tailor", "/tickets", "Tickets"),
            ("ticket-tailor", "/ticket-types", "Ticket Types"),
            ("shopify", "/shop", "Shop"),
            ("shop", "/shops", "Shops"),
            ("mail", "/mail", "Mail"),
            ("hr-cloud", "/hr", "HR"),
            ("linear", "/linearity", "Charts"),
        ],
    )
    def test_it_names_a_resource_alone(self, key: str, path: str, group: str) -> None:
        assert lines("Y07", with_path(path, key, group)) == []

    @pytest.mark.parametrize(
        ("key", "path", "name"),
        [
            ("salesforce", "/salesforce/users", "salesforce"),
            ("github", "/github-issues", "github"),
            ("google-calendar", "/google-calendars/events", "google-calendar"),
            ("google-calendar", "/google-calendar", "google-calendar"),
            ("google-calendar", "/google-events", "google"),
            ("google-calendar", "/google/events", "google"),
            ("google-calendar-sandbox", "/google/events", "google"),
        ],
    )
    def test_it_names_the_provider(self, key: str, path: str, name: str) -> None:
        folder = with_path(path, key)
        (finding,) = findings("Y07", folder)
        assert lines("Y07", folder) == PATH
        assert f"names the provider ({name})" in finding.message

    def test_without_a_group_only_the_whole_key_is_certain(self) -> None:
        assert (
            lines("Y07", tree("integrations: {ticket-tailor: {actions: {a: {endpoint: GET /ticket}}}}")) == []
        )


class TestEndpointHasMethodPathAndGroup:
    def test_it_has(self) -> None:
        assert lines("Y08", with_path("/items")) == []

    def test_one_that_is_missing_is_for_another_rule(self) -> None:
        assert lines("Y08", tree("integrations: {shop: {actions: {a: {}, b: , c: {endpoint: }}}}")) == []

    @pytest.mark.parametrize(
        ("endpoint", "place", "words"),
        [
            ("GET /items", "5:27", "is one text"),
            ("/items", "5:27", "is one text"),
            ("{ path: /items }", "5:17", "no method and no group"),
            ("{ method: GET, path: /items, group: '' }", "5:17", "it has no group"),
        ],
    )
    def test_it_has_not(self, endpoint: str, place: str, words: str) -> None:
        folder = with_entries(endpoint)
        (finding,) = findings("Y08", folder)
        assert lines("Y08", folder) == [f"nango.yaml:{place}"]
        assert words in finding.message


class TestUniqueEndpoints:
    @pytest.mark.parametrize(
        "entries",
        [
            ("GET /a", "POST /a"),
            ("{ method: GET, path: /a }", "{ method: DELETE, path: /a }"),
            ("GET /a", "/a"),
            ("{ method: GET }", "{ method: GET }"),
        ],
    )
    def test_they_differ(self, entries: tuple[str, ...]) -> None:
        assert lines("Y10", with_entries(*entries)) == []

    def test_they_may_be_the_same_in_two_integrations(self) -> None:
        yaml = "integrations: {a: {actions: {x: {endpoint: /x}}}, b: {actions: {x: {endpoint: /x}}}}"
        assert lines("Y10", tree(yaml)) == []

    @pytest.mark.parametrize(
        ("entries", "place"),
        [
            (("GET /a", "GET /a"), "7:27"),
            (("/a", "POST /a"), "7:27"),
            (("POST /a", "{ path: /a }"), "7:35"),
        ],
    )
    def test_they_do_not(self, entries: tuple[str, ...], place: str) -> None:
        assert lines("Y10", with_entries(*entries)) == [f"nango.yaml:{place}"]

    def test_a_sync_and_an_action_share_one(self) -> None:
        yaml = "integrations: {a: {syncs: {x: {endpoint: /x}}, actions: {y: {endpoint: GET /x}}}}"
        (finding,) = findings("Y10", tree(yaml))
        assert finding.message.startswith("GET /x of the action y is the endpoint of the sync x already")


class TestOneGroupPerResource:
    @pytest.mark.parametrize(
        "entries",
        [
            ("{ path: /users, group: Users }", "{ path: /user, group: Users }"),
            ("{ path: /users, group: Users }", "{ path: /users/roles, group: Roles }"),
            ("{ path: /users, group: Users }", "{ path: /users }"),
            ("{ path: /user-roles, group: Roles }", "{ path: /user/roles, group: Users }"),
        ],
    )
    def test_it_has_one(self, entries: tuple[str, ...]) -> None:
        assert lines("Y14", with_entries(*entries)) == []

    @pytest.mark.parametrize(
        "entries",
        [
            ("{ path: /users, group: Users }", "{ path: /users, group: People }"),
            ("{ path: /companies, group: Companies }", "{ path: /companies, group: Company }"),
        ],
    )
    def test_it_has_two(self, entries: tuple[str, ...]) -> None:
        assert lines("Y14", with_entries(*entries)) == ["nango.yaml:7:17"]


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.sampled_from(["/a", "GET /a/{b}"])
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["method", "path", "group", "x"]), inner, max_size=4),
    max_leaves=5,
)


@settings(max_examples=100)
@given(values=st.lists(VALUES, min_size=1, max_size=3))
def test_no_value_is_too_odd(values: list[object]) -> None:
    import json

    actions = {f"a{number}": {"endpoint": value} for number, value in enumerate(values)}
    yaml = json.dumps({"integrations": {"google-drive": {"syncs": actions, "actions": actions}}})
    check(Tree({"nango.yaml": yaml}, {}), rules_of(endpoints))
