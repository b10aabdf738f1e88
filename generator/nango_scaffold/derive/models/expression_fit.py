"""Whether what an expression gives, as far as it shows, can be the value of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...frozen import frozen
from ...models.types import ArrayOf, Literal, ObjectOf, Primitive, Ref, is_nullable, literal_kind, members_of

if TYPE_CHECKING:
    from ...models.types import Field, Type
    from ...typescript.expression_result import Result

_KINDS = {"string": "text", "number": "number", "boolean": "boolean"}
_OF_PRIMITIVES = {**{name: (kind,) for name, kind in _KINDS.items()}, "Date": ("text", "number")}
IN_WORDS = {
    "text": "a string",
    "number": "a number",
    "boolean": "true or false",
    "list": "a list",
    "object": "an object",
}


@frozen
class Misfit:
    """Why a field cannot hold what an expression gives, and what to do about it."""

    what: str
    fix: str


def misfit_of(result: Result, item: Field) -> Misfit | None:
    """Why the field cannot hold what an expression gives; ``None`` where it can, or where that does not show."""
    members = members_of(item.type)
    if Primitive("any") in members:
        return None
    if result.kind and not any(result.kind in kinds_of(member) for member in members):
        return Misfit(
            f"the expression gives {IN_WORDS[result.kind]}, and the field {item.name} does not hold that",
            "convert it, as with String(...) or Number(...), or give the field another type",
        )
    if _names_others(result, members):
        return Misfit(
            f"the expression may give another value than those that the field {item.name} can hold",
            "name one of these in each case, as in `a ? 'x' : 'y'`; or use { from, values, otherwise }",
        )
    may_be_absent = result.absence in ("null", "undefined")
    if may_be_absent and not item.optional and not is_nullable(item.type):
        return Misfit(
            f"the expression may give nothing, and the field {item.name} is required",
            f"name a value then, as in `... ?? ''`, or write {item.name}? or {item.name}: ... | null in the model",
        )
    return None


def kinds_of(of: Type) -> tuple[str, ...]:
    """The kinds of value that a type holds."""
    if isinstance(of, Primitive):
        return _OF_PRIMITIVES.get(of.name, tuple(IN_WORDS))
    if isinstance(of, Literal):
        return (_KINDS.get(literal_kind(of), ""),)
    if isinstance(of, ArrayOf):
        return ("list",)
    return ("object",) if isinstance(of, (ObjectOf, Ref)) else tuple(IN_WORDS)


def _names_others(result: Result, members: tuple[Type, ...]) -> bool:
    """Whether it may give a string or a number that is none of the few that a field holds."""
    of_kind = [member for member in members if result.kind in kinds_of(member)]
    if result.kind not in ("text", "number") or not all(isinstance(member, Literal) for member in of_kind):
        return False
    if result.constants is None:
        return True
    return any(Literal(value) not in of_kind for value in result.constants)  # type: ignore[arg-type]
