"""The rules about models."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import models, rules_of
from nango_scaffold.nango_yaml import read

from .edited import mended, with_line_ends
from .support import findings, lines, tree
from .test_examples import example


def with_fields(fields: str) -> Tree:
    below = "\n".join(f"        {line}" for line in fields.splitlines())
    return tree(f"integrations: {{}}\nmodels:\n    Author:\n        id: string\n    Item:\n{below}\n")


class TestOptionalFieldsHaveQuestionMark:
    @pytest.mark.parametrize(
        "fields",
        [
            "name?: string",
            "name?: string | null",
            "name: undefined_state | other",
            "name: undefined[]",
            "__string: string | undefined",
            "__extends: Author",
            "author?: { id: string }",
            "{}",
        ],
    )
    def test_they_have(self, fields: str) -> None:
        assert lines("Y05", with_fields(fields)) == []

    @pytest.mark.parametrize(
        ("fields", "place"),
        [
            ("name: string | undefined", "6:15"),
            ("name?: string|undefined", "6:16"),
            ("name: undefined", "6:15"),
            ("name: 'Undefined | string'", "6:15"),
            ("author:\n    name: string | undefined", "7:19"),
            ("authors:\n    - name: string | undefined", "7:21"),
        ],
    )
    def test_they_have_undefined(self, fields: str, place: str) -> None:
        assert lines("Y05", with_fields(fields)) == [f"nango.yaml:{place}"]

    def test_the_field_is_named_with_those_round_it(self) -> None:
        (finding,) = findings("Y05", with_fields("author?:\n    name: string | undefined"))
        assert finding.message.startswith("The field author.name of the model Item has undefined")

    def test_an_alias_is_said_once(self) -> None:
        folder = with_fields("a: &u\n    b: string | undefined\nc: *u\nd: [&s string | undefined, *s]")
        assert lines("Y05", folder) == ["nango.yaml:7:16", "nango.yaml:9:13"]


OUTPUTS = """
integrations:
    shop:
        syncs:
            a:
                output: {a}
            b:
                input: {input}
                output: {b}
        actions:
            c:
                input: {a}
                output: {a}
models: {{}}
"""


class TestOneSyncPerOutputModel:
    @pytest.mark.parametrize(
        ("a", "input", "b"),
        [("A", "", "B"), ("[A, B]", "C", "D"), ("A", "A", "B"), ("A", "B", "B"), ("", "", "")],
    )
    def test_it_has_one(self, a: str, input: str, b: str) -> None:
        assert lines("Y09", tree(OUTPUTS.format(a=a, input=input, b=b))) == []

    @pytest.mark.parametrize(
        ("a", "b", "place"), [("A", "A", "8:25"), ("[A, B]", "[C, B]", "8:25"), ("A", "[B, B]", "8:25")]
    )
    def test_it_has_two(self, a: str, b: str, place: str) -> None:
        assert lines("Y09", tree(OUTPUTS.format(a=a, input="", b=b))) == [f"nango.yaml:{place}"]

    def test_the_input_of_a_former_sync_is_taken(self) -> None:
        yaml = "integrations: {s: {syncs: {a: {input: M, output: A}, b: {output: M}}}}"
        (finding,) = findings("Y09", tree(yaml))
        assert "The output M of the sync b is the input of the sync a already" in finding.message

    def test_another_integration_may_have_it(self) -> None:
        yaml = "integrations: {s: {syncs: {a: {output: A}}}, t: {syncs: {a: {output: A}}}}"
        assert lines("Y09", tree(yaml)) == []


class TestEnumValuesWithoutQuotes:
    @pytest.mark.parametrize(
        "fields",
        [
            "state: open | closed",
            "state: 'open | closed'",
            'state: "open | closed"',
            "state: 'open'",
            "state: [open, 'closed']",
            "state: OPEN | it's done | null",
            "__string: any",
        ],
    )
    def test_they_have_none(self, fields: str) -> None:
        assert lines("Y12", with_fields(fields)) == []

    @pytest.mark.parametrize(
        ("fields", "mend"),
        [
            ("state: \"'open' | 'closed'\"", "state: open | closed"),
            ('state?: \'"open"|"closed"\' # two', "state?: open | closed # two"),
            ("state: open | 'closed'", "state: open | closed"),
            ('state: open | "in work" | null', "state: open | in work | null"),
            ("state: \"'open'\"", "state: open"),
            ("items:\n    - \"'open' | 'closed'\"", "    - open | closed"),
            ("{ state: \"'open' | 'closed'\" }", "{ state: open | closed }"),
            # what is no YAML
            ("state: 'open' | 'closed'", "state: open | closed"),
            ('état: string\nstate?:  "open"|closed  # two', "state?:  open | closed  # two"),
            ("items:\n    - 'open' | 'closed'", "    - open | closed"),
            ("a: 'b' | 'c'\nd: 'e' | null", "a: b | c"),
        ],
    )
    def test_they_lose_them(self, fields: str, mend: str) -> None:
        for folder in (with_fields(fields), with_line_ends(with_fields(fields))):
            assert lines("Y12", folder)
            after = mended("Y12", folder)
            assert lines("Y12", after) == []
            assert mend in after.files["nango.yaml"]
            read(after.files["nango.yaml"])

    @pytest.mark.parametrize(
        ("fields", "place"),
        [
            ("state: \"'string' | 'number'\"", "6:16"),
            ("state: \"'Author' | 'none'\"", "6:16"),
            ("state: \"'2nd' | '3rd'\"", "6:16"),
            ("state: \"'null'\"", "6:16"),
            ("state: \"'a: b' | 'c'\"", "6:16"),
            ("state: \"'a' | 'b\"", "6:16"),
            ("state: \"'' | 'b'\"", "6:16"),
            ("state: \"' a' | 'b'\"", "6:16"),
            ("state: \"'a' |\n    'b'\"", "6:16"),
            ("state: |-\n    'a' | 'b'", "6:16"),
            ("state: \"'yes'\"", "6:16"),
            ("state: 'Author' | 'none'", "6:16"),
            ("state: 'string' | 'number'", "6:16"),
        ],
    )
    def test_a_person_has_to_choose_another_word(self, fields: str, place: str) -> None:
        folder = with_fields(fields)
        assert lines("Y12", folder) == [f"nango.yaml:{place}"]
        assert findings("Y12", folder)[0].edits == ()

    @pytest.mark.parametrize(
        "yaml",
        [
            "integrations: [\nmodels:\n    A:\n        a: 'b' | 'c'\n",
            "integrations:\n    a: 'b' | 'c'\n",
            "models:\n    A:\n        a: 'b' or 'c'\n",
            "models:\n\tA: 'b' | 'c'\n",
        ],
    )
    def test_where_something_else_is_no_yaml_nothing_is_said(self, yaml: str) -> None:
        assert lines("Y12", tree(yaml)) == []


GOLDEN = example("hubspot").files["nango.yaml"]


class TestTypesAreNoLiterals:
    def folder(self, fields: str) -> Tree:
        return tree(
            f"integrations: {{}}\nmodels:\n    Phone:\n        id: string\n    Order:\n        {fields}\n"
        )

    @pytest.mark.parametrize(
        "fields",
        [
            "email?: string",
            "phones: Phone[]",
            "state: really? | no",
            "state: unknown?",
            "pair: map<Phone>",
            "text: a < b",
            "kind: array",
        ],
    )
    def test_they_are_types_or_may_be_meant_as_they_stand(self, fields: str) -> None:
        assert lines("Y16", self.folder(fields)) == []

    @pytest.mark.parametrize(
        ("fields", "column", "right"),
        [
            ("email: string?", 16, "email?: string"),
            ("'email': Phone[]?", 18, "email?: Phone[]"),
            ("age: number? | null", 14, "age?: number"),
            ("owner: { mail: Integer? }", 24, "mail?: Integer"),
            ("phones: array<Phone>", 17, "Phone[]"),
            ("phones: List< string >", 17, "string[]"),
        ],
    )
    def test_they_are_taken_for_texts(self, fields: str, column: int, right: str) -> None:
        (finding,) = findings("Y16", self.folder(fields))
        assert (finding.line, finding.column, finding.level, finding.edits) == (6, column, "error", ())
        assert finding.message.endswith(f", which Nango reads as a string: {right} is right.")


@settings(max_examples=100)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet="models:\n A'\"|-[]{}?&*!#xy\r", max_size=60).map(
            "models:\n    A:\n        a: ".__add__
        ),
        st.integers(0, len(GOLDEN)).map(lambda n: GOLDEN[:n]),
    )
)
def test_no_text_is_too_odd(text: str) -> None:
    folder = Tree({"nango.yaml": text}, {})
    mended("Y12", folder)
    check(folder, rules_of(models))
