"""The reader of TypeScript files: the target of a name, literal values, and declarations."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import nango_scaffold
from nango_scaffold.typescript import syntax
from nango_scaffold.typescript.nodes import arguments, comments_before, member_chain, source_text, tokens
from nango_scaffold.typescript.scopes import binding_of, path_in_pattern
from nango_scaffold.typescript.source_file import SourceFile
from nango_scaffold.typescript.values import ObjectLiteral, constant_text, object_literal, value_of

ROOM = Path(nango_scaffold.__file__).parent / "typescript"


def use(text: str) -> syntax.Node:
    """The argument of ``use(...)`` in a text."""
    (call,) = SourceFile(text).calls_of("use")
    return arguments(call)[0]


@pytest.mark.parametrize(
    ("text", "kind", "path"),
    [
        ("const a = 1; use(a)", "variable", ()),
        ("const { b: { a } } = x; use(a)", "variable", ("b", "a")),
        ("const { b: a = 1 } = x; use(a)", "variable", ("b",)),
        ("const { 'b-c': a } = x; use(a)", "variable", ("b-c",)),
        ("const { ...a } = x; use(a)", "variable", None),
        ("const [a] = x; use(a)", "variable", None),
        ("const a = 1; function f({ a }) { use(a) }", "parameter", ("a",)),
        ("const f = a => use(a)", "parameter", ()),
        ("for (const a of x) { use(a) }", "loop", None),
        ("import { a } from 'x'; use(a)", "import", None),
        ("use(a); function a() {}", "function", None),
    ],
)
def test_a_name_is_bound_where_it_is_used(text: str, kind: str, path: tuple[str, ...] | None) -> None:
    binding = binding_of(use(text))
    assert binding is not None
    assert binding.kind == kind
    if kind in ("variable", "parameter"):
        assert path_in_pattern(binding) == path


def test_a_name_of_nothing_is_unbound() -> None:
    assert binding_of(use("{ const a = 1; }\nuse(a)")) is None


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("use(a.b?.c!.d)", ("b", "c", "d")),
        ("use((a as any)['b'][c])", ("b", "[]")),
        ("use(f(x).b)", ("b",)),
        ("use(a)", ()),
    ],
)
def test_the_members_of_a_chain(text: str, members: tuple[str, ...]) -> None:
    assert member_chain(use(text))[1] == members


@pytest.mark.parametrize(
    ("text", "constant"),
    [
        ("use('a')", "a"),
        ("const a = 'b'; use(a)", "b"),
        ("let a = 'b'; use(a)", None),
        ("const a = 'b'; { const a = c; use(a) }", None),
        ("use('\\n')", None),
    ],
)
def test_a_text_that_is_certain(text: str, constant: str | None) -> None:
    assert constant_text(use(text)) == constant


def test_functions_that_are_made_by_a_call_with_an_object() -> None:
    """The scripts of the next flavour: what they are is in the object that they give to a function."""
    file = SourceFile(
        "export default createSync({\n    description: `All users`, frequency: 'every hour',\n"
        "    endpoints: [{ method: 'GET', path: '/users' }], models: { User: UserSchema },\n"
        "    exec: async (nango) => { await nango.batchSave(users, 'User'); }\n});\n"
    )
    (call,) = file.calls_of("createSync")
    literal = object_literal(arguments(call)[0])
    assert literal is not None
    assert literal.fields["frequency"] == "every hour"
    assert literal.fields["description"] == "All users"
    (endpoint,) = literal.fields["endpoints"]
    assert isinstance(endpoint, ObjectLiteral)
    assert endpoint.fields == {"method": "GET", "path": "/users"}
    assert source_text(literal.fields["models"].value("User")) == "UserSchema"
    assert [call.method for call in file.calls] == ["batchSave"]


def test_tokens_tell_code_from_its_layout() -> None:
    assert tokens(SourceFile("f( 'a b',/* c */\n1 ) // d").syntax.root) == ["f", "(", "'a b'", ",", "1", ")"]


def test_a_comment_on_the_line_of_a_node_is_its_own() -> None:
    literal = object_literal(use("use({ a: 1, /* of b */ b: 2 })"))
    assert literal is not None
    assert [source_text(comment) for comment in comments_before(literal.pairs["b"])] == ["/* of b */"]
    assert value_of(literal.value("b")) == 2


def test_a_release_of_the_grammar_without_its_compiled_module(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nowhere:
        find_spec = staticmethod(lambda *_: None)

    monkeypatch.setattr(syntax, "PathFinder", Nowhere)
    language = syntax.Language(syntax._grammar())
    assert not syntax.Parser(language).parse(b"const a: b = 1;").root_node.has_error


def test_the_reader_knows_no_rule() -> None:
    for file in ROOM.glob("*.py"):
        names = [
            node.module or ""
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.level == 2
        ]
        assert set(names) <= {"frozen"}, file.name
