"""Scalars and shapes that YAML readers disagree on, and the table of what js-yaml 4.1.1 makes of them.

Run ``python -m tests.yaml12.cases`` to write the table anew with the js-yaml of the nango CLI.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("js_yaml_4_1_1.json")

_SCALARS = """
0 1 -1 +1 007 012 0o14 -0o14 0o8 0O14 0x1f 0x1F -0x1f +0x1f 0X1f 0xg 0b101 -0b101 +0b1 0b2 0B1 1_000 1__0 _1 1_ 1_000_
0x_ff 0x1_f 0b1_0 0o1_7 -1_000 +1_0 9007199254740991 -9007199254740991 9007199254740993 123456789012345678901234567890
0o 0x 0b + -- ++1 +-1 1-1 00 -0 +0 1e3 1E3 1e+3 1e-3 1.5e3 1. -1. .5 -.5 +.5 . .. 1.5 1_0.5 1.5_0 1._5 1.e3 .5e1 5e 5e+ e5
1e3.5 1.2.3 .inf -.inf +.inf .Inf .INF .iNF .nan .NaN .NAN .nAn -.nan inf nan infinity 1:30 1:30:45 190:20:30 1,000 1% $1 1f
0.1 0.10 00.5 1e400 -1e400 12e03 1e21 1e-7 0.000001 100.0 -0.0 0_0 1e1_0
true True TRUE tRUE false False FALSE fALSE yes Yes YES no No NO on On off Off y Y n N null Null NULL nULL ~ nil none None
undefined = << storage Unknown 2024 v1.2 1.0.0 a_b 2024-01-01x 2024-1-1 24-01-01 2024-13-45x a#b a:b ::x -x ?x :x .x /x
"""
SCALARS = _SCALARS.split()

DATES = [
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "2024-01-01 10:20:30",
    "2024-1-1 1:02:03.5 +2",
    "2001-12-14t21:59:43.10-05:00",
]

SHAPES = [
    "",
    "# nothing\n",
    "---\n",
    "--- \n...\n",
    "a: 1\n...\n",
    "--- a\n",
    "%YAML 1.2\n---\na: no\n",
    "%YAML 1.1\n---\na: no\n",
    "a: 1\n---\nb: 2\n",
    "a:\nb:\n",
    "a: ~\nb: ''\nc: \"\"\n",
    "- a\n- - b\n  - c\n-\n- d: e\n  f: g\n",
    "a:\n- 1\n- 2\nb: 3\n",
    "a: [1, [2, 3], {b: c}, ]\n",
    "{a: 1, b: [x, y], 'c': \"d\"}\n",
    '{"a": 1, "b": {"c": null}}\n',
    "{a, b: , c}\n",
    "[a: 1, b]\n",
    "a: {x: 1,\n    y: 2}\n",
    "a: |\n  one\n  two\n",
    "a: |-\n  one\n  two\n",
    "a: |+\n  one\n\n\nb: 1\n",
    "a: >\n  one\n  two\n\n  three\n",
    "a: >-\n  one\n   more\n  two\n",
    "a: >+\n  one\n\nb: 1\n",
    "a: |2\n   x\n  y\n",
    "a: |\n  # no comment\n # a comment\nb: 1\n",
    "a: |\n\nb: 1\n",
    "a: one\n  two\n\n  three\n",
    "a: 'one\n  two\n\n  it''s'\n",
    'a: "one\\\n  two\\n\\t\\x41\\u00e9\\U0001F600\\/\\e\\0\\_\\N\\L\\P"\n',
    'a: "\\q"\n',
    "a: 'x\n",
    "a: b # comment\nc: d#e\n",
    "a: b: c\n",
    "a: - b\n",
    "a:\tb\n",
    "a:\n\tb: 1\n",
    "a: 1\n\t\nb: 2\n",
    "a:   \n  b: 1\n   c: 2\n",
    "a: 1\n b: 2\n",
    "a: 1\na: 2\n",
    "a: 1\n'a': 2\n",
    "1: a\n'1': b\n",
    "1: a\n1.0: b\n",
    "{a: 1, a: 2}\n",
    "? a\n: 1\n? b\n",
    "? [a, b]\n: 1\n",
    "? {a: b}\n: 1\n",
    "? |\n  long\n: 1\n",
    "? - a\n  - b\n: - c\n",
    "~: 1\nnull: 2\n",
    "~: 1\n",
    "true: 1\nFALSE: 2\nno: 3\n",
    "0x10: 1\n010: 2\n1e3: 3\n1.50: 4\n.inf: 5\n-0: 6\n1_0: 7\n",
    ": 1\n",
    "'': 1\n",
    "a: &x 1\nb: *x\n",
    "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
    "a: *nobody\n",
    "a: &x\nb: *x\n",
    "a: &x 1\nb: &x 2\nc: *x\n",
    "&x a: 1\nb: *x\n",
    "*x : 1\n",
    "base: &b {a: 1, c: 2}\nmine: {<<: *b, a: 3}\n",
    "base: &b {a: 1, c: 2}\nmine: {a: 3, <<: *b}\n",
    "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}\n",
    "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc:\n  <<: *a\n  <<: *b\n",
    "a: {<<: {b: 1}}\n",
    "a: {<<: 1}\n",
    "a: {<<: [1]}\n",
    "a: {<<: ~}\n",
    "a: {<<: []}\n",
    "a: {'<<': 1}\n",
    "a: {<<: {b: 1}, b: 2, b: 3}\n",
    "a: <<\n",
    "[<<]\n",
    "a: !!str 1\n",
    "a: !!str\n",
    "a: !!int '1'\n",
    "a: !!int 1.5\n",
    "a: !!int x\n",
    "a: !!int\n",
    "a: !!float 1\n",
    "a: !!float x\n",
    "a: !!bool true\n",
    "a: !!bool yes\n",
    "a: !!null ''\n",
    "a: !!null x\n",
    "a: !!timestamp x\n",
    "a: !!map {b: 1}\n",
    "a: !!map [b]\n",
    "a: !!seq [b]\n",
    "a: !!seq {b: 1}\n",
    "a: !!str [b]\n",
    "a: !!seq x\n",
    "a: !!set {b, c}\n",
    "a: !!set {b: 1}\n",
    "a: !!omap [b: 1, c: 2]\n",
    "a: !!omap [b: 1, b: 2]\n",
    "a: !!omap [b]\n",
    "a: !!pairs [b: 1, b: 2]\n",
    "a: !!pairs [b]\n",
    "a: ! 1\n",
    "a: ! [1]\n",
    "a: !local x\n",
    "a: !!python/none x\n",
    "a: !<tag:yaml.org,2002:str> 1\n",
    "%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1\n",
    "a: @b\n",
    "a: `b`\n",
    "a: %b\n",
    "%b: a\n",
    "a: 'b' c\n",
    "a: [b\n",
    "a: b]\n",
    "a: }\n",
    "a: [b]]\n",
    "a: {b\n",
    "a: [,]\n",
    "a: {,}\n",
    "\ufeffa: 1\n",
    "a: x\ufeffy\n",
    "a: x\x85y\n",
    "a: x\u2028y\n",
    "a: \u00a0x\n",
    "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
    "a: \x07\n",
    "a: 1\x00\n",
    "- 1\n-2\n",
    "-\n  a: 1\n  b: 2\n",
    "a:\n    - b\n    -   c: 1\n        d: 2\n",
    "a: b\n\n\n\nc: d",
    "__proto__: 1\nconstructor: 2\n",
    "a: {? b : c}\n",
    "a: 'b: c # d'\n",
    "a: ! ''\n",
    "[[[[]]]]\n",
    "{}\n",
    "text\n",
    "12\n",
]
"""Whole documents."""


def cases() -> list[str]:
    """Every document of the table."""
    quoted = [
        f"a: {quote}{text}{quote}\n" for quote in "'\"" for text in ("1", "no", "~", "2024-01-01", "<<")
    ]
    return [*(f"a: {text}\n" for text in (*SCALARS, *DATES)), *quoted, *SHAPES]


def by_js_yaml(text: str) -> dict[str, Any]:
    """What js-yaml makes of a document: its data, or nothing but that it is refused."""
    from tests.nango_yaml import js_yaml

    try:
        return {"data": js_yaml.load(text)}
    except js_yaml.JsYamlError:
        return {"refused": True}


def table() -> dict[str, dict[str, Any]]:
    """What the table says, by document."""
    read: dict[str, dict[str, Any]] = json.loads(TABLE.read_text("utf-8"))
    return read


if __name__ == "__main__":
    rows = (f"{json.dumps(text)}: {json.dumps(by_js_yaml(text))}" for text in dict.fromkeys(cases()))
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
