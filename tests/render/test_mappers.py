"""Each kind of value as its mapper spells it; whatever it reads and sets keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.render.engine import render_tree
from nango_scaffold.render.mappers import mapper_view
from nango_scaffold.render.view import IntegrationView
from nango_scaffold.spec.mappers import Mapper
from nango_scaffold.spec.values import (
    Assign,
    Build,
    Convert,
    Each,
    Joined,
    Mapped,
    OrElse,
    Plain,
    Read,
    Renamed,
    Step,
    Value,
)
from nango_scaffold.typescript.syntax import Syntax, walk

HOSTILE = [
    "__proto__",
    "it's",
    "both ' and \"",
    "'; f(); '",
    "`${f()}`",
    "\\",
    "*/ f() /*",
    "a\nb\u2028c",
    "",
    "null",
    "x" * 90,
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=8))


def read(*names: str | int, variable: str = "response") -> Read:
    return Read(variable, tuple(Step(name) for name in names))


def mapper_of(*fields: Assign, parent: str = "", keeps_the_rest: bool = False) -> str:
    """The text of the file of a mapper."""
    mapper = Mapper("Ticket", "RawTicket", fields, ("User",), keeps_the_rest, parent)
    view = IntegrationView("desk", (), (mapper_view(mapper),), (), (), ())
    return render_tree({"view": view})["nango-integrations/desk/mappers/to-ticket.ts"]


def fields_of(*fields: Assign) -> list[str]:
    """What stands between the braces of the object that a mapper returns."""
    body = mapper_of(*fields).split("    return {\n", 1)[1].removesuffix("    };\n}\n")
    return [line.removeprefix("        ") for line in body.splitlines()]


ITEM = read(variable="item")
TABLE = ((Plain("a"), Plain("b")), (Plain(2), Plain(None)))
STATUS = ("Ticket", "status")
FIELDS: list[tuple[Assign, list[str]]] = [
    (Assign("id", read("id")), ["id: response.id"]),
    (
        Assign("a-b", Read("response", (Step("x-y"), Step("z", True), Step(0)))),
        ["'a-b': response['x-y']?.z[0]"],
    ),
    (Assign("__proto__", read("__proto__")), ["['__proto__']: response.__proto__"]),
    (Assign("of", read("id", variable="parent")), ["of: parent.id"]),
    (Assign("id", Convert("text", read("id"))), ["id: String(response.id)"]),
    (Assign("n", Convert("number", read("n"))), ["n: Number(response.n)"]),
    (Assign("at", Convert("date", read("at"))), ["at: new Date(response.at)"]),
    (Assign("by", Mapped("User", read("by"))), ["by: toUser(response.by)"]),
    (Assign("a", read("a"), when=read("a")), ["...(response.a != null && { a: response.a })"]),
    (Assign("a", OrElse(read("a"), read("a"))), ["a: response.a ?? null"]),
    (
        Assign("a", OrElse(read("a"), Convert("text", read("a")))),
        ["a: response.a == null ? null : String(response.a)"],
    ),
    (Assign("a", Plain(None)), ["a: null"]),
    (Assign("null", Plain(None)), ["null: null"]),
    (Assign("true", Plain(True)), ["true: true"]),
    (Assign("a", Plain(1.0)), ["a: 1"]),
    (Assign("a", Plain("it's")), ['a: "it\'s"']),
    (Assign("a", Build((Assign("b", read("b")),))), ["a: {", "    b: response.b", "}"]),
    (Assign("a", Build(())), ["a: {}"]),
    (
        Assign("a", Build((Assign("b", read("b")),)), when=read("a")),
        ["...(response.a != null && {", "    a: {", "        b: response.b", "    }", "})"],
    ),
    (Assign("a", Each(read("a"), "item", Mapped("User", ITEM))), ["a: response.a.map(toUser)"]),
    (
        Assign("a", Each(read("a"), "item", read("id", variable="item"))),
        ["a: response.a.map((item) => item.id)"],
    ),
    (Assign("a", Each(read("a"), "item", Plain(3))), ["a: response.a.map(() => 3)"]),
    (Assign("a", Each(read("a"), "item", Build(()))), ["a: response.a.map(() => ({}))"]),
    (
        Assign("a", Each(read("a"), "item", OrElse(ITEM, Convert("date", ITEM)))),
        ["a: response.a.map((item) => (item == null ? null : new Date(item)))"],
    ),
    (
        Assign("a", Each(read("a"), "item", Build((Assign("b", ITEM, when=ITEM),)))),
        ["a: response.a.map((item) => ({", "    ...(item != null && { b: item })", "}))"],
    ),
    (
        Assign("a", Each(read("a"), "item", Each(ITEM, "part", Build((Assign("b", Plain(1)),))))),
        ["a: response.a.map((item) =>", "    item.map(() => ({", "        b: 1", "    }))", ")"],
    ),
    (
        Assign("a", OrElse(read("a"), Build((Assign("b", read("b")),)))),
        [
            "a:",
            "    response.a == null",
            "        ? null",
            "        : {",
            "              b: response.b",
            "          }",
        ],
    ),
    (Assign("s", Renamed("s", read("s"), TABLE, STATUS, None, "absent")), ["s"]),
    (Assign("s", Renamed("s2", read("s"), TABLE, STATUS, None, "null")), ["s: s2 ?? null"]),
    (Assign("s", Joined("s", (read("s"),), " ", "text")), ["s"]),
    (Assign("s", Joined("s", (read("s"),), " ", "null")), ["s: s === '' ? null : s"]),
    (Assign("s", Joined("s", (read("s"),), " ", "absent")), ["...(s !== '' && { s })"]),
]


@pytest.mark.parametrize(
    ("field", "lines"), FIELDS, ids=lambda value: value[0] if isinstance(value, list) else ""
)
def test_each_kind_of_value_is_spelled_as_a_person_would(field: Assign, lines: list[str]) -> None:
    assert fields_of(field) == lines


VARIABLES: list[tuple[Renamed | Joined, list[str]]] = [
    (
        Joined("name", (read("a"), read("b")), ", ", "text"),
        ["const name = [response.a, response.b].filter(Boolean).join(', ');"],
    ),
    (
        Renamed("s", read("s"), TABLE[:1], ("Ticket", "a", "b-c"), None, "absent"),
        [
            "const s = new Map<unknown, NonNullable<NonNullable<Ticket['a']>['b-c']>>([['a', 'b']]).get(response.s);"
        ],
    ),
    (
        Renamed("s", read("s"), TABLE, STATUS, None, "null"),
        [
            "const s = new Map<unknown, NonNullable<Ticket['status']>>([",
            "    ['a', 'b'],",
            "    [2, null]",
            "]).get(response.s);",
        ],
    ),
    (
        Renamed("s", read("s"), TABLE, STATUS, Plain("x"), ""),
        [
            "const s =",
            "    new Map<unknown, NonNullable<Ticket['status']>>([",
            "        ['a', 'b'],",
            "        [2, null]",
            "    ]).get(response.s) ?? 'x';",
        ],
    ),
    (
        Renamed("s", read("s"), (), STATUS, None, "kept"),
        ["const s = new Map<unknown, NonNullable<Ticket['status']>>([]).get(response.s) ?? response.s;"],
    ),
]


@pytest.mark.parametrize(("value", "lines"), VARIABLES)
def test_a_value_is_made_in_a_variable_before_the_object(value: Renamed | Joined, lines: list[str]) -> None:
    text = mapper_of(Assign("x", value))

    assert text.split(": Ticket {\n", 1)[1].split("    return {\n")[0] == "".join(
        f"    {line}\n" for line in lines
    )


def test_a_mapper_reads_like_one_written_by_hand() -> None:
    assert mapper_of(Assign("id", read("id", variable="parent")), parent="Team", keeps_the_rest=True) == (
        "import type { Ticket, Team } from '../../models';\n"
        "import type { RawTicket } from '../types';\n"
        "import { toUser } from './to-user.js';\n\n"
        "/**\n * Turns what the API sends into a Ticket.\n */\n"
        "export function toTicket(response: RawTicket, parent: Team): Ticket {\n"
        "    return {\n        ...response,\n        id: parent.id\n    };\n}\n"
    )


# --- any values ---------------------------------------------------------------------------------------------

_steps = st.lists(st.builds(Step, st.one_of(texts, st.integers(0, 9)), st.booleans()), min_size=1, max_size=3)
_reads = st.builds(Read, st.just("response"), _steps.map(tuple))
_plain = st.builds(Plain, st.one_of(texts, st.booleans(), st.none(), st.integers(-9, 9)))
_leaves: st.SearchStrategy[Value] = st.one_of(
    _reads,
    _plain,
    st.builds(Convert, st.sampled_from(["text", "number", "date"]), _reads),
    st.builds(Mapped, st.just("User"), _reads),
)


def _compound(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    value = inner.filter(lambda value: not isinstance(value, OrElse))
    return st.one_of(
        st.builds(Each, _reads, st.just("item"), inner),
        st.builds(Build, _fields(inner).map(tuple)),
        st.builds(OrElse, _reads, value),
    )


def _fields(values: st.SearchStrategy[Value]) -> st.SearchStrategy[list[Assign]]:
    return st.lists(st.builds(Assign, texts, values, st.none() | _reads), min_size=1, max_size=4)


_table = st.lists(st.tuples(_plain, _plain), max_size=3).map(tuple)
_unknown = st.sampled_from(["kept", "kept or null", "null", "absent"])
_special = st.one_of(
    st.builds(Renamed, st.just("v"), _reads, _table, st.just(STATUS), st.none() | _plain, _unknown),
    st.builds(
        Joined,
        st.just("v"),
        st.lists(_reads, min_size=1, max_size=3).map(tuple),
        texts,
        st.sampled_from(["text", "null", "absent"]),
    ),
)
mapper_fields = st.tuples(
    _fields(st.recursive(_leaves, _compound, max_leaves=8)),
    st.lists(st.builds(Assign, texts, _special), max_size=1),
).map(lambda parts: [*parts[0], *parts[1]])


@given(mapper_fields)
def test_whatever_a_mapper_reads_and_sets_it_stays_one_function(fields: list[Assign]) -> None:
    syntax = Syntax(mapper_of(*fields))

    assert syntax.is_whole
    assert [node.type for node in syntax.root.named_children][-2:] == ["comment", "export_statement"]
    assert {
        syntax.text(call.child_by_field_name("function")) for call in walk(syntax.root, "call_expression")
    }.isdisjoint({"f"})
