"""The rule that nango.yaml is valid."""

from __future__ import annotations

import json
from textwrap import indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import rules_of, yaml

from .edited import with_line_ends
from .support import findings, lines, tree
from .test_examples import example

SYNC = {"runs": "every hour", "output": "Order", "endpoint": "/orders"}
ACTION = {"endpoint": "POST /orders"}


def whole(integration: object, models: object = None) -> Tree:
    """A nango.yaml with one integration, in JSON's form of YAML, over lines."""
    models = models or {"Order": {"id": "string"}, "Item": {"id": "string"}}
    return tree(json.dumps({"integrations": {"shop": integration}, "models": models}, indent=1))


def with_sync(**more: object) -> Tree:
    data = {key.replace("_subs", "-subs"): value for key, value in {**SYNC, **more}.items()}
    return whole({"syncs": {"orders": data}})


def with_action(**more: object) -> Tree:
    return whole({"actions": {"buy": {**ACTION, **more}}})


def messages(folder: Tree) -> list[str]:
    return [finding.message for finding in findings("Y15", folder)]


class TestEntries:
    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"runs": "every 5min", "sync_type": "full", "auto_start": False, "input": None, "scopes": []},
            {"runs": "30s", "version": "1.0.0", "scopes": "a,b", "description": "", "input": "Order"},
            {"output": ["Order", "Item"], "endpoint": ["GET /orders", {"path": "/items"}], "version": 2},
            {"endpoint": {"method": "GET", "path": "/a.b/{Order}", "group": "A b-c_d"}},
            {"webhook_subscriptions": ["a"], "track_deletes": True},
        ],
    )
    def test_a_sync_is_taken(self, more: dict[str, object]) -> None:
        assert messages(with_sync(**more)) == []

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            (
                {"runs": "hourly"},
                "The interval 'hourly' of the sync orders cannot be used: it does not start",
            ),
            (
                {"runs": "every 5s"},
                "The interval 'every 5s' of the sync orders cannot be used: it is shorter",
            ),
            ({"runs": 5}, "The interval 5 of the sync orders cannot be used: it is not a string."),
            ({"sync_type": "Full"}, "The sync_type 'Full' of the sync orders should be full or incremental."),
            ({"track_deletes": "yes"}, "The track_deletes 'yes' of the sync orders should be true or false."),
            ({"description": None}, "The description nothing of the sync orders should be a string."),
            ({"version": "1.0"}, "The version '1.0' of the sync orders should be a whole number"),
            ({"version": True}, "The version True of the sync orders should be a whole number"),
            ({"output": None}, "The output nothing of the sync orders should be the name of a model"),
            ({"scopes": [1]}, "The scopes [1] of the sync orders should be a string or a list of strings."),
            ({"returns": "Order"}, "The sync orders has the key returns, which Nango does not know there."),
            (
                {"endpoint": "POST /a"},
                "The endpoint 'POST /a' of the sync orders should be like GET /contacts.",
            ),
            ({"endpoint": 3}, "The endpoint 3 of the sync orders should be a mapping"),
            ({"endpoint": {}}, "The endpoint of the sync orders has no path."),
            (
                {"endpoint": {"method": "POST", "path": "/a"}},
                "The method 'POST' of the sync orders should be GET.",
            ),
            ({"endpoint": {"path": "a b"}}, "The path 'a b' of the sync orders should be a slash"),
            (
                {"endpoint": {"path": "/a", "group": "A & B"}},
                "The group 'A & B' of the sync orders should be",
            ),
            ({"endpoint": {"path": "/a", "x": 1}}, "The endpoint of the sync orders has the key x,"),
            ({"endpoint": {"path": "/a/{Ordr}"}}, "The path /a/{Ordr} of the sync orders has Ordr in braces"),
            (
                {"output": ["Order", "Item"]},
                "The sync orders should have one endpoint for each of its outputs",
            ),
        ],
    )
    def test_a_sync_is_refused(self, more: dict[str, object], message: str) -> None:
        (reported,) = messages(with_sync(**more))
        assert reported.startswith(message)
        assert reported.endswith(".")

    @pytest.mark.parametrize(
        "more",
        [
            {"input": "string", "output": "Order[]"},
            {"endpoint": {"method": "DELETE", "path": "/a/{Order:id}"}},
            {"endpoint": "GET /a/{Order:id}", "scopes": ["a"], "output": ["Order"], "version": 1.0},
        ],
    )
    def test_an_action_is_taken(self, more: dict[str, object]) -> None:
        assert messages(with_action(**more)) == []

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ({"runs": "every hour"}, "The action buy has the key runs, which Nango does not know there."),
            ({"endpoint": ["/a"]}, "The endpoint ['/a'] of the action buy should be a mapping"),
            (
                {"endpoint": {"method": "get", "path": "/a"}},
                "The method 'get' of the action buy should be GET, POST, PUT, PATCH or DELETE.",
            ),
        ],
    )
    def test_an_action_is_refused(self, more: dict[str, object], message: str) -> None:
        (reported,) = messages(with_action(**more))
        assert reported.startswith(message)

    def test_all_that_is_missing_is_named(self) -> None:
        assert messages(whole({"syncs": {"a": {}}, "actions": {"b": {}, "c": None}})) == [
            "The sync a has no endpoint, which every sync needs.",
            "The sync a has no output, which every sync needs.",
            "The sync a has no runs, which every sync needs.",
            "The action b has no endpoint, which every action needs.",
            "The action c is not a mapping of keys to values.",
        ]

    def test_a_name_that_the_tools_do_not_look_at(self) -> None:
        assert messages(whole({"syncs": {"my things": {"x": 1}, "orders": SYNC}})) == []

    def test_the_place_is_that_of_the_value(self) -> None:
        text = """
            integrations:
                shop:
                    syncs:
                        orders:
                            runs: hourly
                            output: Order
                            endpoint:
                                path: orders
            models:
                Order:
                    id: string
            """
        places = ["nango.yaml:5:23", "nango.yaml:8:27"]
        assert lines("Y15", tree(text)) == lines("Y15", with_line_ends(tree(text))) == places
        bom = Tree({"nango.yaml": "\ufeff" + tree(text).files["nango.yaml"]}, {})
        assert lines("Y15", bom) == places
        first = Tree({"nango.yaml": "\ufeffmodels: {}\nfiles: {}\nintegrations: {}"}, {})
        assert lines("Y15", first) == ["nango.yaml:2:1"]


class TestIntegrations:
    @pytest.mark.parametrize(
        "integration",
        [
            {"on-events": {"post-connection-creation": ["set-up"]}},
            {"syncs": {"a": SYNC}, "post-connection-scripts": ["set-up"]},
            {"syncs": {"a": SYNC}, "actions": {}},
        ],
    )
    def test_it_is_taken(self, integration: object) -> None:
        assert messages(whole(integration)) == []

    @pytest.mark.parametrize(
        ("integration", "message"),
        [
            (None, "The integration shop has no sync, action or event"),
            ({}, "The integration shop has no sync, action or event"),
            ({"contacts": SYNC}, "The integration shop has no sync, action or event"),
            ({"syncs": {}}, "The integration shop has no sync, action or event"),
            ({"syncs": {"a": SYNC}, "provider": "x"}, "The integration shop has the key provider"),
            ({"syncs": {"a": SYNC}, "actions": None}, "actions of the integration shop should be a mapping"),
            ({"syncs": ["a"]}, "syncs of the integration shop should be a mapping"),
            ({"syncs": {"a": SYNC}, "actions": {"a": ACTION}}, "The action a has the name of a sync"),
            ({"on-events": {"created": ["a"]}}, "The event created of the integration shop is none"),
            (
                {"on-events": {"validate-connection": "a"}},
                "The event validate-connection of the integration shop",
            ),
            (
                {"on-events": {"validate-connection": ["a b"]}},
                "The event validate-connection of the integration",
            ),
            ({"on-events": ["a"]}, "on-events of the integration shop should be a mapping"),
            (
                {"syncs": {"a": SYNC}, "post-connection-scripts": "x"},
                "post-connection-scripts of the integration",
            ),
            (
                {"on-events": {"validate-connection": ["a"]}, "post-connection-scripts": ["x"]},
                "The integration shop has post-connection-scripts beside on-events",
            ),
        ],
    )
    def test_it_is_not(self, integration: object, message: str) -> None:
        (reported,) = messages(whole(integration))
        assert reported.startswith(message)

    def test_a_later_one_may_have_scripts_of_the_old_kind_alone(self) -> None:
        old = "{ post-connection-scripts: [a] }"
        new = "{ actions: { b: { endpoint: /b } } }"
        assert messages(tree(f"integrations: {{ a: {new}, b: {old} }}\nmodels: {{}}")) == []
        assert len(messages(tree(f"integrations: {{ b: {old}, a: {new} }}\nmodels: {{}}"))) == 1


class TestFile:
    def test_there_is_none(self) -> None:
        (finding,) = findings("Y15", Tree({}, {}))
        assert (finding.path, finding.line, finding.column, finding.length) == ("nango.yaml", 1, 1, 0)
        assert finding.message == "There is no nango.yaml in this folder."

    def test_it_may_hold_nothing_yet(self) -> None:
        assert messages(tree("integrations: {}\nmodels: {}\n")) == []

    @pytest.mark.parametrize(
        ("text", "place", "message"),
        [
            ("", "1:1", "nango.yaml has no integrations."),
            ("integrations:\n", "1:1", "nango.yaml has no integrations."),
            ("models: {}\n", "1:1", "nango.yaml has no integrations."),
            ("integrations: {}\n", "1:1", "nango.yaml has no models"),
            ("integrations: {}\nmodels: ~\n", "2:1", "nango.yaml has no models"),
            ("integrations: {}\nmodels: {}\nfiles: {}\n", "3:1", "nango.yaml has the key files at its top"),
            ("integrations: [a\n", "2:1", "nango.yaml cannot be read, as it is not valid YAML"),
            ("integrations:\n\ta: b\n", "2:1", "nango.yaml cannot be read, as a tab indents this line"),
            ("- a\n", "1:1", "nango.yaml cannot be read, as it holds no mapping at its top."),
            ("\ufeffa: b: c\n", "1:5", "nango.yaml cannot be read, as it is not valid YAML"),
            (
                "models:\n    A: {}\n    A: {}\n",
                "3:5",
                "nango.yaml cannot be read, as the key 'A' stands twice in one mapping",
            ),
            ("integrations: &a\n    b: *a\n", "1:15", "nango.yaml cannot be read, as its aliases expand"),
            ("integrations: {}\nmodels:\n    A: string\n", "3:8", "The models are refused at A: "),
            ("integrations: {}\nmodels:\n    A-b: {}\n", "3:10", "The models are refused at A-b: "),
            (
                "integrations: {}\nmodels:\n    A:\n        b?:\n            c: Array<string>\n",
                "5:16",
                "The models are refused at A.b.c: 'Array<string>' is not a type",
            ),
            (
                "integrations: {}\nmodels:\n    A:\n        __extends: B\n",
                "4:20",
                "The models are refused at A.__extends: ",
            ),
        ],
    )
    def test_it_is_refused(self, text: str, place: str, message: str) -> None:
        folder = Tree({"nango.yaml": text}, {})
        (finding,) = findings("Y15", folder)
        assert finding.message.startswith(message)
        assert f"{finding.line}:{finding.column}" == place


GOLDEN = example("github").files["nango.yaml"]
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False), st.text(max_size=9)),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["syncs", "actions", "on-events", "a", "endpoint", "runs", "output", "path", "models"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)


@settings(max_examples=100)
@given(
    st.one_of(
        st.text(),
        st.integers(0, len(GOLDEN)).map(lambda n: GOLDEN[:n]),
        VALUES.map(lambda value: json.dumps({"integrations": {"a": value, "b": {"syncs": {"c": value}}}})),
        st.text(max_size=30).map(lambda text: "models:\n" + indent(text, "    ")),
    )
)
def test_no_text_is_too_odd(text: str) -> None:
    check(Tree({"nango.yaml": text}, {}), rules_of(yaml))
