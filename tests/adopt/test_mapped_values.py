"""Mappers and checks described as answers: those that our templates write, and those that people write."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.adopt.conditions import checks_of
from nango_scaffold.adopt.responses import mapping_of
from nango_scaffold.adopt.script import Script


def mapping(fields: str, before: str = "") -> dict[str, Any]:
    text = f"export function toUser(raw: Raw): User {{ {before} return {{ {fields} }}; }}"
    return mapping_of(Script(text), "User")


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("x: raw.y ?? null", "y"),
        ("x: raw.y || undefined", "y"),
        ("x: raw.y ?? 'none'", {"from": "y", "otherwise": "none"}),
        ("x: raw.y.z?.[0]?.w", "y.z[0].w"),
        ("x: 'api'", {"const": "api"}),
        ("x: null", {"const": None}),
        ("x: String(raw.y)", "y"),
        ("x: raw.y === 'on'", {"from": "y", "is": "on"}),
        ("x: raw.y?.z === 'a' || raw.y?.z === 'b'", {"from": "y.z", "is": ["a", "b"]}),
        ("x: raw.y.split(' ')[0] ?? ''", {"from": "y", "part": "first"}),
        ("x: raw.y?.split('/').pop() || null", {"from": "y", "part": "last", "at": "/"}),
        (
            "x: raw.y.split('-').slice(1).join('-') || 'none'",
            {"from": "y", "part": "rest", "at": "-", "otherwise": "none"},
        ),
        ("x: new Date(raw.y * 1000).toISOString()", {"from": "y", "date": "epoch_seconds"}),
        ("x: new Date(raw.y).toISOString()", {"from": "y", "date": "any"}),
        ("x: raw.y == null ? null : new Date(raw.y * 1000)", {"from": "y", "date": "epoch_seconds"}),
        ("...(raw.y != null && { x: new Date(raw.y * 1000) })", {"from": "y", "date": "epoch_seconds"}),
        (
            "x: raw.y.find((it) => it.primary && !it.old && it.kind === 'work')?.value",
            {"from": "y", "where": {"primary": True, "old": False, "kind": "work"}, "pick": "value"},
        ),
        (
            "x: [raw.y, raw.z.w].filter(Boolean).join(', ')",
            {"join": ["y", "z.w"], "with": ", "},
        ),
        (
            "x: new Map<unknown, A>([['a', 'A'], [true, 'B']]).get(raw.y) ?? 'C'",
            {"from": "y", "values": {"a": "A", "true": "B"}, "otherwise": "C"},
        ),
        ("x: raw.y.map((it) => ({ id: it.id, price: it.cost }))", {"from": "y", "each": {"price": "cost"}}),
        ("x: { a: raw.y.b, c: raw.y.c ?? 1 }", {"from": "y", "each": {"a": "b", "c": {"from": "c", "otherwise": 1}}}),
        ("x: { a: raw.y.a, b: raw.y.b }", "y"),
        ("x: raw.a * 2 > raw.b", {"expression": "response.a * 2 > response.b"}),
        ("x: raw.a\n    .filter((it) => it.b)\n    .length", {"expression": "response.a .filter((it) => it.b) .length"}),
    ],
)  # fmt: skip
def test_a_value_is_read(fields: str, value: Any) -> None:
    assert mapping(fields) == {"x": value}


@pytest.mark.parametrize(
    "fields",
    [
        "x: raw.x",
        "x: raw.x ?? null",
        "x: toTeam(raw.y)",
        "x: nango.id",
        "x: Date.now()",
        "x: raw[raw.y]",
        "x: (() => { throw raw.y })()",
        "x: raw.y.map((it) => { it.a = 1; return 2; })",
        "x: { y: raw.x.y }",
    ],
)
def test_what_says_nothing_or_cannot_be_said_is_left_out(fields: str) -> None:
    assert mapping(fields) == {}


def test_variables_are_followed() -> None:
    before = (
        "const email = raw.emails?.find((item) => item.primary); const short = raw.nick?.trim() || undefined;"
    )
    fields = "...(email?.value != null && { email: email.value }), ...(short != null && { short })"
    assert mapping(fields, before) == {
        "email": {"from": "emails", "where": {"primary": True}, "pick": "value"},
        "short": {"expression": "response.nick?.trim()"},
    }


def test_variables_in_a_circle_end() -> None:
    assert mapping("x: a", "const a = b; const b = a;") == {}


ACTION = """
export default async function runAction(nango: NangoAction, body: CreateUser): Promise<User> {
    const parsed = await nango.zodValidateInput({ zodSchema: createUserSchema, input: body ?? {} });
    %s
    const response = await nango.post(config);
    return toUser(response.data);
}
"""


@pytest.mark.parametrize(
    ("statement", "unless"),
    [
        ("if (!(body.a || body.b)) { throw new nango.ActionError({ message: 'no' }); }", "input.a || input.b"),
        ("if (!body.a && body.b > 1) throw new nango.ActionError({ message: 'no' });", "!(!input.a && input.b > 1)"),
        ("if (!parsed.data.a) { throw new nango.ActionError({ message: 'no' }); }", "input.a"),
        ("if (metadata.a === 'b') { throw new nango.ActionError({ message: 'no' }); }", "!(metadata.a === 'b')"),
    ],
)  # fmt: skip
def test_a_check_is_read(statement: str, unless: str) -> None:
    assert list(checks_of(Script(ACTION % statement))) == [{"unless": unless, "message": "no"}]


@pytest.mark.parametrize(
    "statement",
    [
        "if (!body.a) { throw new Error('no'); }",
        "if (!body.a) { throw new nango.ActionError({ message: `no ${body.a}` }); }",
        "if (!body.a) { throw new nango.ActionError({ message: 'no', code: 1 }); }",
        "if (!body.a) { await nango.log('no'); throw new nango.ActionError({ message: 'no' }); }",
        "if (!body.a) { throw new nango.ActionError({ message: 'no' }); } else { body.a = 1; }",
        "if (!page) { throw new nango.ActionError({ message: 'no' }); }",
        "if ((body.a = 1)) { throw new nango.ActionError({ message: 'no' }); }",
        'if (metadata?.a == null) { throw new nango.ActionError({ message: "The connection\'s metadata does not set a" }); }',
    ],
)
def test_what_is_no_check_is_left_out(statement: str) -> None:
    assert list(checks_of(Script(ACTION % statement))) == []
