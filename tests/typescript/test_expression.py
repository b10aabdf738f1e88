"""A single TypeScript expression: what is accepted and what is refused."""

from __future__ import annotations

import pytest

from nango_scaffold.typescript.expression import LONGEST, expression_problem, expression_source, free_names

NAMES = ("response", "parent")

ACCEPTED = (
    "response.status === 'active'",
    "response.emails?.find((email) => email.primary)?.value ?? null",
    "response.name.split(' ')[0]",
    "response.name.split(' ').slice(1).join(' ')",
    "response.uri.split('/')[response.uri.split('/').length - 1]",
    "`${response.first} ${response.last}`.trim()",
    "response.tags.map(String).filter(Boolean)",
    "response.items.map(({ id, price: amount = 0 }) => ({ id, amount }))",
    "Math.round(response.amount * 100)",
    "Number(response.price) > 0 && !response.is_archived",
    "Object.entries(response.fields).map(([name, value]) => ({ name, value }))",
    "/^[a-z/]+$/i.test(response.code)",
    "typeof response.size === 'number' ? response.size : Number(response.size)",
    "{ id: response.id, ...response.more }",
    "response['first name']",
    "parent.id + ':' + response.id",
    "(response.tags as string[])[0]!",
    "response.a\n  ?? response.b",
    "Buffer.from(response.content, 'base64').toString('utf8')",
    "'a // no comment'",
    "`a /* none ${'either */'}`",
    "(response.count ?? NaN) + -1",
    "undefined",
    "[...response.a, ...response.b]",
    "{ [response.key]: response.value }",
)

HOSTILE = (
    # What ends the expression, or begins another.
    "response.a); process.exit(1); (response.b",
    "response.a; response.b",
    "response.a, response.b",
    "response.a }; evil(); ({ b: 1",
    "response.a)(response.b",
    "response.a) || (response.b",
    "response.a //",
    "response.a // comment",
    "response.a /* comment */",
    "response.a /*",
    "/* a */ response.a",
    "response.a <!-- b",
    "response.a\n--> b",
    "`${response.a",
    "'response.a",
    "response.a `",
    "return response.a",
    "if (response.a) { response.b }",
    "throw response.a",
    "const a = 1",
    "response.a\u2028response.b",
    "response.a\x00",
    "response.a\x1b[2J",
    "response.\u202ea",
    "export default response",
    "",
    " \n ",
    "(" * 400 + "response.a" + ")" * 400,
    "!" * 900 + "response",
    "response.a" + ".b" * LONGEST,
    # What changes something, or waits for something.
    "response.a = 1",
    "response.a += 1",
    "response.a ??= 1",
    "response.a++",
    "--response.a",
    "delete response.a",
    "void response.a",
    "[response.a] = [1]",
    "response.list.map((item) => (item.a = 1))",
    "await response.a",
    "response.list.map(async (item) => item)",
    "async () => 1",
    "yield response.a",
    "new Date(response.a)",
    "new.target",
    "new (response.a.b)()",
    # What has statements, or is no value.
    "(() => { while (true) {} })()",
    "(function () { return 1 })()",
    "(function* () {})()",
    "class {}",
    "class extends response {}",
    "{ get a() { return 1 } }",
    "{ a() { return 1 } }",
    "() => response.a",
    "String",
    # What comes from elsewhere.
    "import('node:fs')",
    "import.meta.url",
    "require('fs')",
    "nango.get({ endpoint: '/' })",
    "process.env.SECRET",
    "globalThis.process",
    "global.process",
    "window.location",
    "eval('1')",
    "Function('return process')()",
    "arguments[0]",
    "this.process",
    "super.a",
    "fetch('https://example.com')",
    "setTimeout('1', 0)",
    "console.log(response)",
    "Reflect.get(response, 'a')",
    "Proxy",
    "{ nango }",
    "input.email",
    # What leads to the constructor of functions.
    "response.a.constructor('return process')()",
    "''.constructor.constructor('return process')()",
    "response['constructor']",
    "response['const\\x72uctor']",
    "response['const' + 'ructor']",
    "response[`constructor`]",
    "response[response.key]",
    "['constructor'].map((name) => response[name])",
    "response?.['constructor']",
    "response.\\u0063onstructor",
    "response.__proto__",
    "response['__proto__']",
    "{ __proto__: response }",
    "{ '__proto__': response }",
    "(({ constructor }) => constructor)(response)",
    "(({ constructor: make }) => make('return process')())(response)",
    "(({ 'constructor': make }) => make)(response)",
    "(({ ['constructor']: make }) => make)(response)",
    "Object.getPrototypeOf(response)",
    "Object.assign(response, { a: 1 })",
    "Object.defineProperty(response, 'a', {})",
    "[Object].map((it) => it.getPrototypeOf(''))",
    "((it) => it.getPrototypeOf(''))(Object)",
    "Object['getPrototypeOf']('')",
    "Object?.['getPrototypeOf']('')",
    "(Object).getPrototypeOf('')",
    "{ Object }",
    "[...[Object]]",
    "String.prototype",
    "Array.prototype",
    "response.a.__defineGetter__('b', () => 1)",
    "response.#secret",
    # What runs a function without a call, or hides in a type.
    "response.run`x`",
    "String.raw`x`",
    "response as typeof import('node:fs')",
    "response as Evil",
    "response.a satisfies Evil",
    "<any>response",
    "response.list.map<Evil>((item) => item)",
    "<div/>",
    "@decorated",
    "'a\\\nb'",
    "`a\\\nb`",
)


@pytest.mark.parametrize("text", ACCEPTED)
def test_expressions_that_compute_a_value_are_accepted(text: str) -> None:
    assert expression_problem(text, NAMES) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_else_is_refused(text: str) -> None:
    assert expression_problem(text, NAMES)


def test_there_are_many_hostile_cases() -> None:
    assert len(set(HOSTILE)) >= 100


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("response.a = 1", "it holds an assignment"),
        ("await response.a", "it holds await"),
        ("new Date(response.a)", "it holds new"),
        ("response.a // b", "it holds a comment"),
        ("input.email", "the name input is not known here; known are response, parent"),
        ("response.a.constructor", "the property constructor cannot be used"),
        ("response[response.key]", "it reads a property whose name is computed"),
        ("response.a; response.b", "it is not one TypeScript expression"),
        ("() => response.a", "it is a function, not a value"),
        ("Object.assign(response)", "Object cannot be used this way"),
    ],
)
def test_a_problem_names_what_is_wrong(text: str, why: str) -> None:
    assert expression_problem(text, NAMES) == why


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("response.items.find((item) => item.id === parent.id)", {"response", "parent"}),
        ("response.items.map((response) => response.id)", {"response"}),
        ("Math.max(1, 2)", set()),
        ("{ input }", {"input"}),
        ("(({ a: b }) => b)(metadata)", {"metadata"}),
    ],
)
def test_names_bound_by_its_own_functions_are_not_free(text: str, names: set[str]) -> None:
    assert free_names(text) == names


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("response.a+1", "response.a + 1"),
        ('response.a==="b"', "response.a === 'b'"),
        ("response.a\n  ?? response.b", "response.a ?? response.b"),
        ("`a\nb ${ response.c }`", "`a\\nb ${response.c}`"),
        ("((response.a))", "response.a"),
        ("(response.a ?? response.b) || 'c'", "(response.a ?? response.b) || 'c'"),
        ("(-response.a).toFixed(2)", "(-response.a).toFixed(2)"),
        ("response.list.map(x=>({id:x.id}))", "response.list.map((x) => ({ id: x.id }))"),
        ("{\n  id: response.id\n}", "{ id: response.id }"),
        ("(response.a as string[])[0]!", "(response.a as string[])[0]!"),
        ("(response.a + response.b) * 2", "(response.a + response.b) * 2"),
        ("(typeof response.a).length", "(typeof response.a).length"),
        ("response.a ? (response.b ? 1 : 2) : 3", "response.a ? (response.b ? 1 : 2) : 3"),
    ],
)
def test_an_expression_is_written_on_one_line_as_prettier_would(text: str, line: str) -> None:
    assert expression_source(text) == line


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_written_is_accepted_and_stays(text: str) -> None:
    line = expression_source(text)
    assert "\n" not in line
    assert expression_problem(line, NAMES) == ""
    assert expression_source(line) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("input.a || input.b", "!(input.a || input.b)"),
        ("input.email", "!input.email"),
        ("input.size > 1", "!(input.size > 1)"),
        ("/a/.test(input.code)", "!/a/.test(input.code)"),
        ("input.a ? 1 : 2", "!(input.a ? 1 : 2)"),
        ("(input.a as any)", "!(input.a as any)"),
    ],
)
def test_a_negation_has_parentheses_where_they_are_needed(text: str, line: str) -> None:
    assert expression_source(text, is_negated=True) == line
