"""Malicious manifests: each is a manifest of a real run with one thing changed."""

from __future__ import annotations

import bz2
import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

OWN = "nango-integrations/hubspot"
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "\x1b]0;x\x07",
    "../../x",
    [],
    [[]],
    {},
    {"a": {}},
    [None],
)
FOREIGN = (
    "nango-integrations/slack/syncs/messages.ts",
    "nango-integrations/nango.yaml",
    "nango-integrations/hubspot",
    "nango-integrations/hubspot/../slack/types.ts",
    "nango-integrations/hubspot/.nango-scaffold.json",
    "nango-integrations/HubSpot/types.ts",
    "src/index.ts",
    "../outside.ts",
    "/etc/passwd",
    ".git/hooks/pre-commit",
    "package.json/x",
    "con.ts",
    "nango-integrations/hubspot/a\nb.ts",
    "nango-integrations/hubspot/" + "x" * 300,
)

Steps = tuple[str | int, ...]


def opened(text: str) -> dict[str, Any]:
    """A manifest as data, with its compressed parts decompressed."""
    data: dict[str, Any] = json.loads(text)
    base = bz2.decompress(a2b_base64("".join(data["merge_base"])))
    return {**data, "merge_base": json.loads(base)}


def closed(data: Mapping[str, Any]) -> str:
    """The text of a decompressed manifest."""
    packed = bz2.compress(json.dumps(data["merge_base"]).encode())
    return json.dumps({**data, "merge_base": [b2a_base64(packed, newline=False).decode()]})


def first_format(data: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest in format 1."""
    base = data["merge_base"]
    shared = {key: data[key] for key in ("about", "generator", "answers", "provider", "schema")}
    return {**shared, "format": 1, "nango_yaml": base["nango_yaml"], "files": base["files"]}


def hostile_manifests(text: str) -> Iterator[tuple[str, str]]:
    """Each with a word on what is wrong with it."""
    yield from _no_json(text)
    data = opened(text)
    for name, whole, write in (("2", data, closed), ("1", first_format(data), json.dumps)):
        for steps in _places(whole):
            for odd in _odd_for(steps, whole):
                yield f"{name} {steps} {odd!r:.40}", write(_changed(whole, steps, odd))
        for key in whole:
            yield f"{name} without {key}", write(
                {k: v for k, v in whole.items() if k != key or k == "merge_base"}
            )
        yield f"{name} with more", write({**whole, "more": 1})
    for path in FOREIGN:
        yield f"names {path!r:.60}", closed(_naming(data, path))
        yield f"digest of {path!r:.60}", closed({**data, "files": {**data["files"], path: "00000000-1"}})
        yield f"hand-written {path!r:.50}", closed({**data, "hand_written": {"files": [path]}})
        yield f"format 1 names {path!r:.50}", json.dumps(_naming_1(first_format(data), path))
        yield f"answers file {path!r:.50}", closed({**data, "answers_file": path})
    yield from _others(data)


def _no_json(text: str) -> Iterator[tuple[str, str]]:
    yield "empty", ""
    yield "cut", text[: len(text) // 2]
    yield "nested", "[" * 10_000 + "]" * 10_000
    yield "nested mappings", '{"a":' * 10_000 + "1" + "}" * 10_000
    yield "deep answers", text.replace('"answers": {', '"answers": {"x": ' + "[" * 200 + "]" * 200 + ",", 1)
    yield "NaN", text.replace('"format": 2', '"format": NaN')
    yield "Infinity", text.replace('"schema": "', '"schema": -Infinity, "s": "', 1)
    yield "a huge number", text.replace('"format": 2', '"format": ' + "9" * 5000)
    yield "a huge exponent", text.replace('"format": 2', '"format": 1e999')
    yield "half a character", text.replace('"schema": "', '"schema": "\\ud800', 1)
    yield "half a character as a key", text.replace('"answers": {', '"answers": {"\\udfff": 1,', 1)
    yield "a key twice", text.replace('"format": 2', '"format": 2, "format": 2')
    yield "a key twice below", text.replace('"answers": {', '"answers": {"provider": "x",', 1)
    yield "a list", f"[{text}]"
    yield "a string", json.dumps(text)
    yield "megabytes", text.replace('"about": "', '"about": "' + "x" * 5_000_000, 1)
    yield "many values", text.replace('"answers": {', '"answers": {"x": [' + "1," * 300_000 + "1],", 1)
    yield "format 3", text.replace('"format": 2', '"format": 3')
    yield "format as text", text.replace('"format": 2', '"format": "2"')
    yield "format as flag", text.replace('"format": 2', '"format": true')
    yield "format 1 with the rest of 2", text.replace('"format": 2', '"format": 1')


def _places(data: Any, steps: Steps = (), depth: int = 5) -> Iterator[Steps]:
    """Every place down to a depth."""
    if steps:
        yield steps
    if depth and isinstance(data, dict):
        for key in data:
            yield from _places(data[key], (*steps, key), depth - 1)
    elif depth and isinstance(data, list) and data:
        yield from _places(data[0], (*steps, 0), depth - 1)


def _odd_for(steps: Steps, whole: Any) -> Iterator[Any]:
    """Some odd values for a place: all at the top, a few that differ from place to place below."""
    if len(steps) <= 2:
        yield from ODD
        return
    at = sum(map(len, map(str, steps)))
    yield from (ODD[(at + shift) % len(ODD)] for shift in (0, 3, 7))


def _changed(data: Any, steps: Steps, value: Any) -> Any:
    result = deepcopy(data)
    at = result
    for step in steps[:-1]:
        at = at[step]
    at[steps[-1]] = value
    return result


def _naming(data: Mapping[str, Any], path: str) -> dict[str, Any]:
    base = data["merge_base"]
    return {
        **data,
        "files": {**data["files"], path: "a3830651-1"},
        "merge_base": {**base, "files": {**base["files"], path: "A"}},
    }


def _naming_1(data: Mapping[str, Any], path: str) -> dict[str, Any]:
    return {**data, "files": {**data["files"], path: "A"}}


def _others(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Manifests that speak of other integrations, or take more than their share."""
    base = data["merge_base"]
    yaml = base["nango_yaml"]

    def with_block(**more: Any) -> str:
        return closed({**data, "merge_base": {**base, "nango_yaml": {**yaml, **more}}})

    yield "another's block", with_block(integration="slack")
    yield "another's answers", closed({**data, "answers": {**data["answers"], "integration": "slack"}})
    yield "another provider", closed({**data, "answers": {**data["answers"], "provider": "slack"}})
    yield "another's models", with_block(models={**yaml["models"], "Message": {"id": "string"}})
    yield "another's sync", with_block(syncs={**yaml["syncs"], "messages": {"runs": "every day"}})
    undo = {"left": "7c1d5b36-32", "start": 0, "stop": 10**9, "text": "integrations: [\n"}
    yield "undo", closed({**data, "origin": {"undo": undo}})
    yield "undo backwards", closed({**data, "origin": {"undo": {**undo, "start": 5, "stop": 1}}})
    yield "schemas", closed({**data, "schema_added": {"userSchema": "x" * 100, "import y": ""}})
    yield "bomb", json.dumps({**data, "merge_base": [_bomb()]})
    yield "no base64", json.dumps({**data, "merge_base": ["\u20ac", "=!"]})
    yield "no bzip2", json.dumps({**data, "merge_base": ["AAAA"]})
    yield "aliases", closed({**data, "answers": {**data["answers"], "sync_names": ["a"] * 5000}})


def _bomb() -> str:
    return b2a_base64(bz2.compress(b" " * 100_000_000), newline=False).decode()
