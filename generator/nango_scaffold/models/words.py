"""The meaning of one word of a model to the nango CLI 0.69.36: a built-in type, a value, a model, or itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .types import ArrayOf, Literal, ObjectOf, Primitive, Ref, Type

if TYPE_CHECKING:
    from collections.abc import Callable

ANY = Primitive("any")
ANY_OBJECT = ObjectOf((), index=ANY)

_STRING, _NUMBER, _BOOLEAN = Primitive("string"), Primitive("number"), Primitive("boolean")

# By lower-case word; the CLI does not mind capitals here. A model of the same name loses.
BUILT_IN: dict[str, Type] = {
    "string": _STRING,
    "char": _STRING,
    "varchar": _STRING,
    "number": _NUMBER,
    "integer": _NUMBER,
    "int": _NUMBER,
    "float": _NUMBER,
    "boolean": _BOOLEAN,
    "bool": _BOOLEAN,
    "date": Primitive("Date"),
    "any": ANY,
    "object": ANY_OBJECT,
    "array": ArrayOf(ANY),
    "bigint": Primitive("bigint"),
    "never": Primitive("never"),
    "undefined": Primitive("undefined"),
    "void": Primitive("void"),
}

_VALUES: dict[str, bool | None] = {"true": True, "false": False, "null": None}
# Compiled by `re` when a word first needs them: most models hold nothing but built-in types.
_LEADING_INTEGER = r"\s*([+-]?[0-9]+)"
_GENERIC = (
    "(Object|Array|Function|Date|RegExp|Map|Set|WeakMap|WeakSet|Promise|Symbol|Error|Record|Partial|Readonly|Pick|Omit"
    "|Awaited|Required|Exclude|Extract|Uppercase|Lowercase)<"
)

MAX_DEPTH = 32  # of data inside a model; no API needs more, and every walk of the data is a recursion


def depth(data: Any) -> int:
    """How many mappings and lists stand inside each other in ``data``, counted to one more than ``MAX_DEPTH``."""
    levels = 0
    level = [data] if isinstance(data, (Mapping, list, tuple)) else []
    while level and levels <= MAX_DEPTH:
        levels += 1
        inner = [item for each in level for item in (each.values() if isinstance(each, Mapping) else each)]
        level = [item for item in inner if isinstance(item, (Mapping, list, tuple))]
    return levels


def leading_integer(word: str) -> int | float | None:
    """The number JavaScript's ``parseInt`` cuts off the start of ``word``; None when there is none."""
    match = re.match(_LEADING_INTEGER, word)
    if match is None:
        return None
    number = float(match[1])  # which takes any number of digits, where `int` refuses too many
    return int(number) if abs(number) <= 2**53 else number


def js_number(value: int | float) -> int | float:
    """``value`` as JavaScript holds it: integers beyond 2**53 lose digits."""
    if isinstance(value, int) and abs(value) > 2**53:
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    return value


def is_syntax_error(word: str) -> bool:
    """Whether the CLI refuses the file for this word: nothing before ``[]``, or a generic type."""
    name = word.removesuffix("[]")
    return not name or (_known_word(name) is None and re.match(_GENERIC, name) is not None)


def read_word(word: str, is_model: Callable[[str], bool]) -> Type:
    """The type of one word, ``[]`` at its end included.

    Args:
        word: a field's value, or one part of a union, without blanks round it.
        is_model: whether a name is a model of the file.

    Returns:
        The type; for a word the CLI does not know, the word itself as a literal, ``[]`` and all.
    """
    name = word.removesuffix("[]")
    type_ = _known_word(name)
    if type_ is None and is_model(name):
        type_ = Ref(name)
    if type_ is None:
        return Literal(word)
    return ArrayOf(type_) if name != word else type_


def _known_word(name: str) -> Type | None:
    built_in = BUILT_IN.get(name.lower())
    if built_in is not None:
        return built_in
    number = leading_integer(name)
    if number is not None:
        return Literal(number)
    lower = name.lower()
    return Literal(_VALUES[lower]) if lower in _VALUES else None
