"""Models as users write them: every construct of the model language that the CLI reads into valid TypeScript."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

NAMES = ["User", "Item", "A1", "HTTPResponse", "Model_x", "ID", "Foo", "undefinedThing", "V" + "eryLong" * 6]

_letters = st.text("abcdefgh", min_size=1, max_size=40)
_built_in = st.sampled_from(
    [
        "string",
        "number",
        "boolean",
        "date",
        "any",
        "object",
        "array",
        "bigint",
        "never",
        "undefined",
        "integer",
        "int",
        "char",
        "varchar",
        "float",
        "bool",
        "String",
        "DATE",
        "null",
        "true",
        "False",
        "42",
        "-3",
        "string[]",
        "Date[]",
        "any[]",
        "object[]",
        "array[]",
        "42[]",
        "null[]",
    ]
)
_odd_words = st.sampled_from(
    [
        "in progress",
        "in/progress",
        'say "x"',
        "caf\u00e9",
        "a\\nb",
        "undefinedly",
        "\U0001f600",
        "2nd",
        "foo[]",
        "a.b",
        "constant",
    ]
)
_keys = st.one_of(
    _letters,
    st.sampled_from(["a-b", "with space", "123", "7", "$ref", "\u00e9", "in", "isundefined", "class"]),
)
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**22), 10**22),
    st.floats(allow_nan=False, allow_infinity=False),
)


def words(names: list[str]) -> st.SearchStrategy[str]:
    """One word of a type: built-in, model, list of models, or a word the CLI does not know."""
    models = st.sampled_from(names)
    return st.one_of(_built_in, models, models.map(lambda name: f"{name}[]"), _letters, _odd_words)


def values(names: list[str]) -> st.SearchStrategy[Any]:
    """The value of a field."""
    flat = st.one_of(words(names), st.lists(words(names), min_size=2, max_size=6).map(" | ".join), _scalars)
    return st.recursive(
        flat,
        lambda inner: st.one_of(st.lists(inner, min_size=1, max_size=4), fields(inner)),
        max_leaves=12,
    )


def fields(value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping of fields, now and then with an index signature."""
    keys = st.tuples(_keys, st.sampled_from(["", "", "?"])).map("".join)
    own_fields = st.dictionaries(keys, value, max_size=6)
    index = st.one_of(st.just({}), st.just({}), st.just({}), value.map(lambda type_: {"__string": type_}))
    return st.tuples(own_fields, index).map(lambda parts: {**parts[0], **parts[1]})


@cache
def _shapes(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return fields(values(list(names)))


@st.composite
def nango_yaml(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a nango.yaml with a few models, which refer to each other, and an action."""
    chosen = NAMES[draw(st.integers(0, 4)) :][: draw(st.integers(1, 5))]
    models: dict[str, Any] = {}
    shapes = _shapes(tuple(chosen))
    names = draw(st.permutations(chosen))
    for name in names:
        shape = draw(shapes)
        # Only of models before it, so that no model extends itself.
        if models and draw(st.integers(0, 4)) == 0:
            shape["__extends"] = ", ".join(
                draw(st.lists(st.sampled_from(sorted(models)), min_size=1, max_size=2))
            )
        models[name] = shape
    action = {"endpoint": "GET /x", "input": draw(words(names)), "output": draw(words(names))}
    return {"integrations": {"my-app": {"syncs": {}, "actions": {"do-it": action}}}, "models": models}
