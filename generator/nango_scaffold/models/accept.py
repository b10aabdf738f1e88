"""Problems of a model that is to go into nango.yaml, though the CLI accepts it.

The CLI reads almost anything and warns at most; these checks find where its reading is not the intended one.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ..errors import Problem
from ..naming.reserved import INHERITED
from ..naming.suggest import nearest
from ..yaml12.scalars import js_key
from .walk import circle
from .words import BUILT_IN, MAX_DEPTH, depth, leading_integer

_MODEL_NAME = re.compile(r"[A-Z][A-Za-z0-9_]*")
_WORD = re.compile(r"[A-Za-z0-9_]+")
_WHOLE_NUMBER = re.compile(r"[+-]?(0|[1-9][0-9]*)")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|0|[1-9][0-9]{0,14}")
_LOOKS_LIKE_MODEL = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")
_QUOTE = re.compile(r"['\"`]")
_BRACKET = re.compile(r"[(){}]")
_UNSAFE = r"[\\\"\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]"  # compiled with the first model
_INHERITED = INHERITED | {"__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"}
_LONGEST_CIRCLE = 9
# Types of other languages that are values to the CLI, and what to write instead.
_FOREIGN = {
    "unknown": "any",
    "symbol": "string",
    "json": "object",
    "map": "object",
    "uuid": "string",
    "datetime": "date, or string for a date sent as JSON",
    "timestamp": "date, or string for a date sent as JSON",
    "text": "string",
    "double": "number",
    "decimal": "number",
    "list": "any[]",
}
_FOREIGN_ANYWHERE = frozenset(["unknown"])
# A frequent value of enums; the type of TypeScript starts with a small letter.
_VALUES = frozenset(["Unknown"])
_TAKES_TEXTS = frozenset(["string", "char", "varchar", "any"])


def accept_model(name: str, data: Any, *, known: Collection[str] = ()) -> list[Problem]:
    """The problems of a model's name and fields.

    Args:
        name: the model's name.
        data: its fields, as YAML data.
        known: the names of the file's models; given as a mapping from name to data, models that hold each other without
            end are found too: no value of them is finite.

    Returns:
        The problems, in the order of the fields, each at the field from the model's name on (``PullRequest.head.ref``).
    """
    if whole := _whole_problem(name, data):
        return [Problem(name, *whole)]
    names = frozenset((*known, name))
    problems = list(_fields(data, name, names))
    # Without the data of the others only a model that holds itself shows.
    models = {**known, name: data} if isinstance(known, Mapping) else {name: data}
    if path := _circle(name, models):
        problems.append(
            Problem(name, f"models refer to each other in a circle: {path}", "an id in place of one")
        )
    return problems


def _whole_problem(name: str, data: Any) -> tuple[str, str] | None:
    """What is wrong with a model whose fields cannot be looked at."""
    if not _MODEL_NAME.fullmatch(name):
        return f"{name!r} cannot be a model's name", "a capital letter, then letters, digits or _"
    if not isinstance(data, Mapping):
        return "a model must be a mapping of its fields", "a mapping; a union goes into a field of it"
    # The checks of the fields walk the data by recursion, which deeper data would exhaust.
    if depth(data) > MAX_DEPTH:
        return f"the fields nest deeper than {MAX_DEPTH} levels", "models of their own for the inner ones"
    return None


def _fields(data: Mapping[Any, Any], place: str, names: frozenset[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for raw_key, value in data.items():
        key = js_key(raw_key)
        name = key.removesuffix("?")
        where = f"{place}.{name}"
        # Two keys of the file, but one property to the CLI: the second silently replaces the first.
        if name in seen:
            yield Problem(where, f"the field {name!r} stands twice, with and without ?", "one of the two")
        seen.add(name)
        if name == "__extends":
            yield from _extends(value, where, names)
            continue
        if name != "__string":
            yield from _key(name, where)
        yield from _value(value, where, names, optional=name != key)
    yield from _index(data, place)


def _key(name: str, where: str) -> Iterator[Problem]:
    if name in _INHERITED:
        yield Problem(where, f"{name!r} has a meaning of its own in JavaScript", "another field name")
    elif not name or name.endswith("?") or re.search(_UNSAFE, name):
        yield Problem(
            where, f"{name!r} cannot be a field's name", "a name without quotes, backslashes or line breaks"
        )
    elif _WORD.fullmatch(name) and not _PLAIN_KEY.fullmatch(name):
        yield Problem(
            where, f"a field's name cannot start with a digit: {name!r}", f"_{name}, mapped to {name!r}"
        )


def _extends(value: Any, where: str, names: frozenset[str]) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(where, "__extends is not a string: the CLI crashes", "__extends: A, B")
        return
    for parent in map(str.strip, value.split(",")):
        if parent not in names or parent == where.split(".")[0]:
            yield Problem(
                where, f"there is no other model {parent!r} to extend", _near(parent, names) or "a model"
            )


def _index(data: Mapping[Any, Any], place: str) -> Iterator[Problem]:
    """Fields beside ``__string: T`` must be of type T, or models.ts does not compile."""
    index = data.get("__string", data.get("__string?", "any"))
    if index == "any":
        return
    for key, value in data.items():
        name = js_key(key).removesuffix("?")
        if name not in ("__string", "__extends") and value != index:
            yield Problem(
                f"{place}.{name}",
                f"beside `__string: {index}` every field must be of that type",
                "__string: any",
            )


def _value(value: Any, where: str, names: frozenset[str], *, optional: bool = False) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _text(value, where, names)
    elif isinstance(value, Mapping):
        yield from _fields(value, where, names)
    elif isinstance(value, (list, tuple)):
        yield from _list(value, where, names)
    else:
        yield from _scalar(value, where, optional)


def _list(items: Sequence[Any], where: str, names: frozenset[str]) -> Iterator[Problem]:
    """A list of several words is read as a union."""
    if not items:
        yield Problem(where, "an empty list is not a type", "any[]")
    places = [f"{where}[{position}]" for position in range(len(items))]
    words = [item for item in items if isinstance(item, str) and "|" not in item]
    if len(words) == len(items) > 1:
        yield from _choices(words, places, names)
        return
    for item, place in zip(items, places, strict=True):
        yield from _value(item, place, names)


def _scalar(value: Any, where: str, optional: bool) -> Iterator[Problem]:
    if isinstance(value, (datetime.date, bytes)):
        yield Problem(where, "the CLI reads a plain date as an empty object", "date, or string")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Problem(where, f"{value} is not a type", "number")
    elif not (value is None or isinstance(value, (bool, int, float))):
        yield Problem(where, f"{value!r} is not a type", "a type such as string")
    elif optional and isinstance(value, float):
        yield Problem(where, "the CLI forgets the ? before a plain number", "number")
    elif optional:
        word = js_key(value)
        yield Problem(where, f"the CLI forgets the ? before a plain {word}", f"the text '{word}', in quotes")


def _text(text: str, where: str, names: frozenset[str]) -> Iterator[Problem]:
    # Before the text is split: a | inside of brackets is none of the union's own.
    if text.startswith("(") or "{" in text:
        yield Problem(where, f"the CLI does not read brackets: {text!r}", _bracket_fix(text))
        return
    # The CLI strips the members of a union only: a blank beside a single word is part of the word.
    parts = [part.strip() for part in text.split("|")] if "|" in text else [text]
    yield from _choices(parts, [where] * len(parts), names)


def _choices(parts: Sequence[str], places: Sequence[str], names: frozenset[str]) -> Iterator[Problem]:
    """The problems of the words of a union, each with its place, and of all of them together."""
    values = [part for part in parts if _is_text_value(part, names)]
    alone = len(parts) == 1
    for part, place in zip(parts, places, strict=True):
        # A word with no value beside it stands where a model may.
        yield from _part(part, place, names, alone=alone, is_type=not values or values == [part])
    yield from _mixture(parts, values, places[0])


def _mixture(parts: Sequence[str], values: Sequence[str], where: str) -> Iterator[Problem]:
    """Values beside a word that the CLI takes for a type: an enum, one value of which would be refused.

    Where any string is accepted, or anything at all, no value is lost.
    """
    # `undefined` beside values says only that the field may be absent.
    types = [part for part in parts if _is_type(part) and part.lower() != "undefined"]
    if not types or any(part.lower() in _TAKES_TEXTS for part in types):
        return
    if values:
        yield Problem(
            where,
            f"the CLI takes {types[0]!r} for a type, not for a value like {values[0]!r}",
            f"string, as nango.yaml cannot write the value {types[0]}; string | {types[0]} where the type is meant",
        )


def _is_type(word: str) -> bool:
    return word.removesuffix("[]").lower() in BUILT_IN


def _is_text_value(word: str, names: frozenset[str]) -> bool:
    """Whether the CLI takes a word for a string value."""
    bare = word.removesuffix("[]")
    is_scalar = bare.lower() in ("true", "false", "null") or leading_integer(bare) is not None
    return bool(bare) and not (is_scalar or _is_type(word) or bare in names)


def _bracket_fix(text: str) -> str:
    return "fields on lines of their own below the key" if "{" in text else "a YAML list of the item's types"


def _part(word: str, where: str, names: frozenset[str], *, alone: bool, is_type: bool) -> Iterator[Problem]:
    """The first problem of one word."""
    bare = word.removesuffix("[]")
    problem = _shape_problem(word, bare)
    if problem is None and bare not in names:
        problem = _meaning_problem(word, bare, names, where.partition(".")[0], alone=alone, is_type=is_type)
    if problem:
        yield Problem(where, *problem)


def _shape_problem(word: str, bare: str) -> tuple[str, str] | None:
    if not bare or word != word.strip():
        return f"{word!r} is not a type", "a type such as string; no | at either end"
    if _QUOTE.search(word):
        return f"values are written without quotes: {word}", word.strip("'\"`") or "the word alone"
    if bare.endswith("[]"):
        return f"the CLI reads {word!r} as one word", "a YAML list in a list"
    return _syntax_problem(word)


def _syntax_problem(word: str) -> tuple[str, str] | None:
    if "<" in word or ">" in word:
        return f"the CLI refuses types with < >: {word!r}", _generic_fix(word)
    if _BRACKET.search(word):
        return f"the CLI does not read brackets: {word!r}", _bracket_fix(word)
    if "&" in word:
        return f"the CLI does not know &: {word!r}", "__extends: A, B in a model of its own"
    if re.search(_UNSAFE, word):
        return f"{word!r} would break the generated models.ts", "a value without backslashes and line breaks"
    return None


def _generic_fix(word: str) -> str:
    inner = re.fullmatch(r"Array<(.+)>", word)
    if inner:
        return f"{inner[1]}[]"
    return "object, or a mapping with __string" if word.startswith("Record<") else "a model of its own"


def _meaning_problem(
    word: str, bare: str, names: frozenset[str], own: str, *, alone: bool, is_type: bool
) -> tuple[str, str] | None:
    lower = bare.lower()
    if lower == "void":
        return "void has no zod schema", "any, or leave the field out"
    if lower in BUILT_IN or lower in ("true", "false", "null"):
        return None
    number = leading_integer(bare)
    if number is not None:
        return _number_problem(word, bare, number)
    if bare in _INHERITED:
        return f"{bare!r} has a meaning of its own in JavaScript", "string"
    if word != bare:
        return (
            f"there is no model {bare!r}: the CLI takes {word!r} for a value",
            _near(bare, names) or "a YAML list",
        )
    if _is_foreign_type(bare, alone=alone):
        return f"the CLI takes {bare!r} for a value, not a type", _FOREIGN[lower]
    # A model hardly ever holds itself, so its own name is no suggestion.
    return _misspelt(bare, names - {own}, alone=alone) if is_type else None


def _number_problem(word: str, bare: str, number: int | float) -> tuple[str, str] | None:
    if _WHOLE_NUMBER.fullmatch(bare) and abs(number) <= 2**53:
        return None
    return f"the CLI cuts {word!r} to {number}", "a value that starts with a letter, or string"


def _is_foreign_type(word: str, *, alone: bool) -> bool:
    if word in _FOREIGN_ANYWHERE:
        return True
    return alone and word.lower() in _FOREIGN and word not in _VALUES


def _misspelt(word: str, names: frozenset[str], *, alone: bool) -> tuple[str, str] | None:
    """The problem of a word in place of a type: it is seldom intended as the only value of a field."""
    what = f"there is no model {word!r}: the CLI takes it for a value"
    if near := _near(word, names):
        return what, f"{near}; string where the word itself is the value"
    if alone and _LOOKS_LIKE_MODEL.fullmatch(word) and word not in _VALUES:
        return what, "a model's name, or string"
    return None


def _near(word: str, names: frozenset[str]) -> str:
    """The known names that are spelled nearly like ``word``.

    No model starts with a small letter: such a word is a model's name without its capitals, or no model's name.
    """
    matches = nearest(word, (*BUILT_IN, *names), 2, abbreviated=False)
    if word[:1].islower():
        matches = [match for match in matches if match in BUILT_IN or match.lower() == word.lower()]
    return ", ".join(matches)


def _circle(name: str, models: Mapping[str, Any]) -> str:
    """A circle of models without end, ``A -> B -> A``; a long one is cut in its middle, and empty is none."""
    path = circle(name, lambda model: _held(models.get(model), models))
    if len(path) > _LONGEST_CIRCLE:
        path = (*path[: _LONGEST_CIRCLE - 2], "...", name)
    return " -> ".join(path)


def _held(data: Any, models: Mapping[str, Any]) -> Iterator[str]:
    """The models of which each record of a model holds one: in a required field, not in a list, not beside another type."""
    if isinstance(data, str):
        word = data.strip()
        # A word such as `Date` is the built-in type, even where a model has that name.
        if word in models and word.lower() not in BUILT_IN:
            yield word
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _held_in(js_key(key), value, models)


def _held_in(key: str, value: Any, models: Mapping[str, Any]) -> Iterator[str]:
    if key == "__extends":
        yield from (parent for parent in map(str.strip, str(value).split(",")) if parent in models)
    elif not key.endswith("?") and key != "__string":
        yield from _held(value, models)
