"""Malicious files in the place of Nango's providers.yaml, by name: the text, from which ``acme`` is looked up."""

from __future__ import annotations

from .answers import alias_bomb, merge_bomb

GOOD = "acme:\n    display_name: Acme\n    auth_mode: API_KEY\n    proxy:\n        base_url: https://api.acme.com\n"


def _with(more: str) -> str:
    return f"{GOOD}{more}"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def _wrong(key: str, value: str) -> str:
    return f"acme:\n    display_name: Acme\n    auth_mode: API_KEY\n    {key}: {value}\n"


def _proxy(value: str) -> str:
    return _wrong("proxy", f"{{base_url: {value}}}")


_VALUES = {"number": "17", "list": "[a, [b]]", "mapping": "{a: {b: c}}", "null": "null", "true": "true"}
_KEYS = ("display_name", "auth_mode", "proxy", "alias", "categories", "connection_config", "docs")

FILES: dict[str, str | bytes] = {
    **{f"{key} is a {kind}": _wrong(key, value) for key in _KEYS for kind, value in _VALUES.items()},
    "paginate is a list": _proxy("https://a.com, paginate: [a]"),
    "paginate of every type": _proxy("https://a.com, paginate: {type: {a: b}, limit: [c]}"),
    "retry is a text": _proxy("https://a.com, retry: soon"),
    "retry of every type": _proxy("https://a.com, retry: {after: {a: b}, at: [c], error_code: {}}"),
    "headers of every type": _proxy("https://a.com, headers: {a: [b], [c]: d, e: {f: g}, 1: 2}"),
    # Aliases
    "an alias to itself": _with("acme:\n    alias: acme\n"),
    "aliases in a circle": "acme: {alias: b}\nb: {alias: c}\nc: {alias: acme}\n",
    "4,000 aliases in a row": "acme: {alias: p0}\n"
    + "".join(f"p{n}: {{alias: p{n + 1}}}\n" for n in range(5_000)),
    "4,000 aliases in a row, of a file that does not parse": "acme: {alias: p0}\n"
    + "".join(f"p{n}: {{alias: p{n + 1}}}\n" for n in range(4_000))
    + "last: [\n",
    "an alias to nothing": "acme: {alias: nobody}\n",
    "merge bomb": _with(merge_bomb()),
    "merge bomb in an entry": "acme:\n" + _indented(merge_bomb()),
    "merge bomb, long": _with(merge_bomb(5_000)),
    "alias bomb": _with(alias_bomb()),
    "alias bomb in an entry": "acme:\n" + _indented(alias_bomb()),
    "a node in itself": "acme: &a {proxy: {headers: *a, base_url: 'https://a.com'}}\n",
    "a merge of itself": "acme: &a {<<: *a}\n",
    "anchors elsewhere": "x: &x {base_url: 'https://a.com'}\nacme: {auth_mode: BASIC, proxy: *x}\n",
    "2,000 entries with anchors elsewhere": "x: &x {a: b}\n"
    + "".join(f"p{n}: {{proxy: *x}}\n" for n in range(2_000))
    + "acme: {proxy: *y}\n",
    # Too much
    "6,000 entries": GOOD + "".join(f"p{n}: {{auth_mode: BASIC}}\n" for n in range(6_000)),
    "4,000 entries": GOOD + "".join(f"p{n}: {{auth_mode: BASIC}}\n" for n in range(4_000)),
    "6,000 entries in one line": "{" + ", ".join(f"p{n}: {{}}" for n in range(6_000)) + "}\n",
    "a text of 17 MB": _with(f"big: {{display_name: {'x' * 17_000_000}}}\n"),
    "a name of 200 KB": _wrong("display_name", "x" * 200_000),
    "a key of 1 MB": _with(f"{'x' * 1_000_000}: {{}}\n"),
    "a base URL of 1 MB": _proxy(f"https://{'a.' * 500_000}com"),
    "a base URL of many alternatives": _proxy("'${connectionConfig.a} || " * 1 + "${b} || " * 20_000 + "x'"),
    "a base URL of many places": _proxy("'https://" + "${connectionConfig.a}" * 20_000 + "'"),
    "a base URL of open braces": _proxy("'https://" + "${" * 50_000 + "'"),
    "10,000 lists deep": _wrong("categories", "[" * 10_000 + "]" * 10_000),
    "10,000 mappings deep": _wrong("proxy", "{a: " * 10_000 + "}" * 10_000),
    "10,000 lists open": _wrong("categories", "[" * 10_000),
    "20,000 categories": _wrong("categories", "[" + "crm, " * 20_000 + "]"),
    "5,000 headers": _proxy(f"https://a.com, headers: {{{', '.join(f'h{n}: v' for n in range(5_000))}}}"),
    "5,000 fields of a connection": _wrong(
        "connection_config", "{" + ", ".join(f"f{n}: {{type: string}}" for n in range(5_000)) + "}"
    ),
    "a pattern that never ends": _wrong(
        "connection_config",
        "{f: {type: string, pattern: '(a+)+$', example: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'}}",
    ),
    "quotes without end": _with("'" + "''" * 100_000 + "\n"),
    "blanks without end": _with("\n" + " " * 1_000_000 + "x: y\n"),
    # Out of a string
    "a base URL with a quote": _proxy("\"https://a.com/'+process.exit()+'\""),
    "a base URL of a template": _proxy("'https://${`${1}`}.com'"),
    "a base URL with a line end": _proxy('"https://a.com\\n/evil"'),
    "a base URL of a file": _proxy("file:///etc/passwd"),
    "a base URL of javascript": _proxy("'javascript:alert(1)'"),
    "a base URL that signs in": _proxy("https://me:secret@a.com"),
    "docs with a comment's end": _wrong("docs", "'https://a.com/*/ process.exit() /*'"),
    "a name with a comment's end": _wrong("display_name", "'*/ process.exit() /*'"),
    "a name with control characters": _wrong("display_name", '"\\e[2J\\r\\n\\0Acme"'),
    "a name with control characters, bare": _wrong("display_name", "\x1b[2JAcme"),
    "a category with control characters": _wrong("categories", '["\\e[2J"]'),
    "an auth mode with control characters": _wrong("auth_mode", '"\\e[2J"'),
    "a key with control characters": _with('"\\e[2J": {auth_mode: BASIC}\n'),
    "a key with half a character": _with('"\\ud800": {auth_mode: BASIC}\n'),
    "a name with half a character": _wrong("display_name", '"\\ud800"'),
    "a key that does not parse": _with('"\\q": {auth_mode: BASIC}\n'),
    "a key from right to left": _with("\u202eacme: {auth_mode: BASIC}\n"),
    "a key that leads out": _with("../../evil: {auth_mode: BASIC}\n"),
    "a field's name with a quote": _wrong("connection_config", "{\"a'b\": {type: string, example: '${x}'}}"),
    # Not what it should be
    "nothing": "",
    "a list": "- acme\n",
    "a text": "acme\n",
    "null": "acme: null\n",
    "a number": "acme: 17\n",
    "a key twice": GOOD + GOOD,
    "a python object": _with("x: !!python/object/apply:os.system [touch it-ran]\n"),
    "a python object in the entry": _wrong("docs", "!!python/object/apply:os.system [touch it-ran]"),
    "a date that is none": _wrong("docs", "2024-99-99"),
    "a huge number": _proxy(f"https://a.com, retry: {{error_code: {'9' * 5_000}}}"),
    "several documents": f"{GOOD}---\n{GOOD}",
    "tabs": "acme:\n\tauth_mode: BASIC\n",
    "JSON": '{"acme": {"auth_mode": "BASIC", "proxy": {"base_url": "https://a.com"}}}',
    "no UTF-8": GOOD.encode() + b"b\xff: {}\n",
    "UTF-16": GOOD.encode("utf-16"),
    "a zero": _with("b\0: {}\n"),
    "a mark at the start": f"\ufeff{GOOD}",
}
