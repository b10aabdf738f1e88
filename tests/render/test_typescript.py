"""TypeScript comes out as prettier 3.3.3 would leave it, and nothing a value holds gets out of its quotes."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.models.types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, Type, UnionOf
from nango_scaffold.typescript.printer.layout import print_layout
from nango_scaffold.typescript.printer.literals import (
    doc_comment,
    line_comment,
    number_source,
    object_key,
    property_key,
    string_literal,
)
from nango_scaffold.typescript.printer.nodes import (
    Arrow,
    Await,
    Binary,
    Call,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    Property,
    Spread,
)
from nango_scaffold.typescript.printer.statements import constant, expression_statement, returned

from .code_pieces import function, import_statement, path, template, text
from .declarations import interface, type_alias, type_source
from .expressions import expressions, fields, types, words
from .node_tools import Node, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = [
    "it's",
    'say "hi"',
    "both ' and \"",
    "'; process.exit(1); '",
    "`${process.exit(1)}`",
    "\\",
    "\\'",
    "a\nb\r\nc\u2028d\u2029e",
    "\x00\x01\x1b\x7f\x85",
    "\ud800",
    "\udfff\ud800",
    "\ufeff\u200b\u202e",
    "*/ alert(1) /*",
    "</script>",
    "\U0001f600 caf\u00e9",
    "\U000e0001",
    "$",
    "${",
    "$\\{",
    "0\x001",
    "",
]
texts = st.text(st.characters(codec="utf-8"), max_size=20)


def evaluated(sources: list[str]) -> list[str]:
    """What JavaScript reads in each source, as lists of UTF-16 units turned into a text."""
    program = (
        "let t = ''; process.stdin.on('data', (c) => (t += c)).on('end', () =>"
        " console.log(JSON.stringify(JSON.parse(t).map((s) => [...Array((v = eval(s)).length).keys()]"
        ".map((i) => v.charCodeAt(i))))));"
    )
    process = subprocess.run(
        ["node", "-e", program], input=json.dumps(sources), capture_output=True, text=True, check=True
    )
    return ["".join(map(chr, units)) for units in json.loads(process.stdout)]


def units(text: str) -> str:
    """A text as its UTF-16 units."""
    data = text.encode("utf-16-be", "surrogatepass")
    return "".join(chr(int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2))


# --- literals, names, comments ------------------------------------------------------------------------------


@pytest.mark.toolchain
def test_hostile_strings_read_back_as_themselves() -> None:
    assert evaluated([string_literal(text) for text in HOSTILE]) == [units(text) for text in HOSTILE]


@pytest.mark.toolchain
def test_hostile_text_in_a_template_literal_reads_back_as_itself() -> None:
    sources = [source_of(template(value, text("|"), value)) for value in HOSTILE]

    assert evaluated(sources) == [units(f"{text}|{text}") for text in HOSTILE]


def source_of(node: Expression) -> str:
    return print_layout(returned(node)).removeprefix("return ").removesuffix(";")


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("plain", "'plain'"),
        ("it's", '"it\'s"'),
        ('it\'s "so"', "'it\\'s \"so\"'"),
        ("a\nb", "'a\\nb'"),
        ("\u202e", "'\\u202e'"),
        ("caf\u00e9", "'caf\u00e9'"),
    ],
)
def test_a_string_takes_the_quotes_prettier_would_choose(value: str, literal: str) -> None:
    assert string_literal(value) == literal


@given(texts)
def test_a_string_literal_is_one_visible_line(text: str) -> None:
    assert string_literal(text).isprintable() or not text.isprintable()
    assert len(string_literal(text).splitlines()) == 1


@pytest.mark.parametrize("text", ["a\nalert(1)", "a\r\nb", "a\u2028alert(1)", "\x0b alert(1)", "a\x85b"])
def test_a_line_comment_stays_on_its_line(text: str) -> None:
    assert len(line_comment(text).splitlines()) == 1


def test_a_comment_gives_the_compiler_no_orders() -> None:
    assert line_comment(" @ts-expect-error") == "// @ ts-expect-error"
    assert doc_comment(["@ts-ignore"])[1] == " * @ ts-ignore"


def test_a_doc_comment_ends_where_it_should() -> None:
    lines = doc_comment(["a */ alert(1) /*", "b\nc", ""])

    assert lines == ("/**", " * a *\\/ alert(1) /*", " * b", " * c", " *", " */")


@given(st.lists(texts, max_size=4))
def test_only_the_last_line_of_a_doc_comment_closes_it(lines: list[str]) -> None:
    comment = "\n".join(doc_comment(lines))

    assert comment.count("*/") == 1
    assert comment.endswith(" */")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("id", "id"),
        ("$ref", "$ref"),
        ("a-b", "'a-b'"),
        ("1", "'1'"),
        ("\u00e9", "'\u00e9'"),
        ("", "''"),
        ("class", "class"),
    ],
)
def test_a_property_is_quoted_only_when_it_must_be(name: str, key: str) -> None:
    assert property_key(name) == key


def test_a_property_called_proto_does_not_set_the_prototype() -> None:
    assert object_key("__proto__") == "['__proto__']"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (1000.0, "1000"),
        (-0.0, "0"),
        (1e21, "1e21"),
        (1e-5, "0.00001"),
        (1.5e-7, "1.5e-7"),
        (2**63, "9223372036854776000"),
    ],
)
def test_numbers_are_written_as_javascript_writes_them(value: float, text: str) -> None:
    assert number_source(value) == text


# --- types --------------------------------------------------------------------------------------------------


def test_an_interface_has_one_field_a_line_down_to_the_last_object() -> None:
    head = ObjectOf((Field("ref", Primitive("string")), Field("a-b", Literal("x"), optional=True)))
    code = interface(
        "GithubPull", [Field("id", Primitive("number")), Field("head", UnionOf((head, Literal(None))))]
    )

    assert code == (
        "export interface GithubPull {\n    id: number;\n    head: {\n        ref: string;\n        'a-b'?: 'x';\n    } | null;\n}"
    )


def test_an_interface_of_unnamed_keys_only_is_a_record() -> None:
    assert interface("Data", [], index=Primitive("string")) == "export type Data = Record<string, string>;"
    assert interface("Nothing", []) == "export type Nothing = Record<string, unknown>;"


def test_field_comments_stand_above_their_fields() -> None:
    code = interface("A", [Field("id", Primitive("string"))], comments={"id": ["The id"]})

    assert code == "export interface A {\n    /**\n     * The id\n     */\n    id: string;\n}"


def test_a_union_in_a_list_has_parentheses() -> None:
    assert type_source(ArrayOf(UnionOf((Literal("a"), Ref("B"))))) == "('a' | B)[]"


@pytest.mark.toolchain
@given(words, fields, st.one_of(st.none(), types))
def test_interfaces_are_as_prettier_leaves_them(
    prettier: Node, name: str, members: list[Field], index: Type | None
) -> None:
    code = interface(f"X{name}", members, index=index, comments={"a-b": ["first", "second */"]}) + "\n"

    assert prettier.format(code) == code


@pytest.mark.toolchain
@given(words, types)
def test_type_aliases_are_as_prettier_leaves_them(prettier: Node, name: str, type_: Type) -> None:
    code = type_alias(f"X{name}", type_) + "\n"

    assert prettier.format(code) == code


@pytest.mark.toolchain
@given(st.lists(words, min_size=1, max_size=8), words, st.booleans())
def test_imports_are_as_prettier_leaves_them(
    prettier: Node, names: list[str], module: str, types_only: bool
) -> None:
    code = import_statement(names, f"../{module}.js", types_only=types_only) + "\n"

    assert prettier.format(code) == code


# --- statements ---------------------------------------------------------------------------------------------

_PLACES: list[Callable[[Expression], object]] = [
    lambda node: constant("xs", node),
    lambda node: constant("config: ProxyConfiguration", node, keyword="export const"),
    lambda node: function("toUser", ("user: HubspotUser",), "User", [returned(node)]),
    lambda node: expression_statement(Await(Call(path("nango", "log"), (node,)))),
    lambda node: expression_statement(Call(path("nango", "log"), (node,))),
]


@pytest.mark.toolchain
@given(expressions, st.sampled_from(range(len(_PLACES))))
def test_statements_are_laid_out_as_prettier_does_it(prettier: Node, node: Expression, place: int) -> None:
    doc = _PLACES[place](node)
    ours = print_layout(doc) + "\n"  # type: ignore[arg-type]
    on_one_line = print_layout(doc, width=1_000_000) + "\n"  # type: ignore[arg-type]

    assert prettier.format(on_one_line) == ours
    assert prettier.format(ours) == ours


def test_a_mapper_reads_like_one_written_by_hand() -> None:
    fields_ = ObjectLiteral(
        (
            Property("id", path("record", "id")),
            Property("author", Member(path("record", "user"), "login", optional=True)),
            Spread(
                Binary(
                    Binary(path("record", "body"), "!=", Name("null")),
                    "&&",
                    ObjectLiteral((Property("body", path("record", "body")),), expanded=False),
                )
            ),
            Property(
                "labels",
                Call(path("record", "labels", "map"), (Arrow(("label",), path("label", "name")),)),
            ),
        )
    )
    code = print_layout(function("toIssue", ("record: GithubIssue",), "Issue", [returned(fields_)]))

    assert code == (
        "export function toIssue(record: GithubIssue): Issue {\n"
        "    return {\n"
        "        id: record.id,\n"
        "        author: record.user?.login,\n"
        "        ...(record.body != null && { body: record.body }),\n"
        "        labels: record.labels.map((label) => label.name)\n"
        "    };\n"
        "}"
    )


@pytest.mark.toolchain
def test_a_broken_source_is_reported_by_the_tool_and_not_passed(prettier: Node) -> None:
    with pytest.raises(ToolError):
        prettier.format("const = ;")
