"""``${metadata.x}`` and ``${input.x}`` inside answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ArrayOf, ObjectOf, Primitive, Ref, UnionOf
from ...naming.reserved import INHERITED
from ...spec.requests import Template, Variable
from ..mapping.raw_types import is_nullable

if TYPE_CHECKING:
    from ...answers import RequestAnswer
    from ...models.types import Field, Model, Type

    Roots = Mapping[str, Model | Primitive | None]

_PLACE = re.compile(r"\$\{([^}]*)\}")
_FIELD = re.compile(r"\s*([a-z]+)(?:\.(.+?))?\s*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def mentioned(text: str, root: str) -> Iterator[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that a text names, in order: those a model can be made of."""
    for place in _PLACE.findall(text):
        found = _FIELD.fullmatch(place)
        if (
            found
            and found[1] == root
            and found[2]
            and _IDENTIFIER.fullmatch(found[2])
            and found[2] not in INHERITED
        ):
            yield found[2]


def parse_template(text: str, known: Roots, where: str) -> Template:
    """Read a text with ``${...}`` in it.

    Args:
        text: the answer.
        known: the roots this script has: a model, such as ``{"input": Model(...)}``, ``None`` for no model, or the
            type of a root that stands on its own, such as ``${folder}``.
        where: the answer's path, for messages.

    Raises:
        AnswersError: a place that names no field of a known model, or a field that is no single value.
    """
    parts: list[str | Variable] = []
    end = 0
    for place in _PLACE.finditer(text):
        parts.append(text[end : place.start()])
        parts.append(_variable(place, known, where))
        end = place.end()
    parts.append(text[end:])
    if any(isinstance(part, str) and "${" in part for part in parts):
        raise AnswersError("a ${ is not closed", where=where, fix=f"accepted: {_roots(known)}")
    return tuple(part for part in parts if part != "")


def _roots(known: Roots) -> str:
    return " or ".join(
        f"${{{root}}}" if _is_alone(of) else f"${{{root}.field}}" for root, of in known.items()
    )


def _is_alone(of: Model | Primitive | None) -> bool:
    """Whether a root has no fields: it is a value itself."""
    return isinstance(of, Primitive)


def _variable(place: re.Match[str], known: Roots, where: str) -> Variable:
    found = _FIELD.fullmatch(place[1])
    if found is None or found[1] not in known or _is_alone(known[found[1]]) == bool(found[2]):
        raise AnswersError(f"{place[0]!r} names nothing here", where=where, fix=f"accepted: {_roots(known)}")
    root, name = found.groups()
    model = known[root]
    if isinstance(model, Primitive):
        return Variable(root, "", model)
    return _field(place[0], root, name, model, where)


def _field(place: str, root: str, name: str, model: Model | None, where: str) -> Variable:
    fields = {} if model is None else {field.name: field for field in model.shape.fields}
    if name not in fields:
        owner = f"the model {model.name}" if model else f"this script, which has no {root}"
        accepted = [f"${{{root}.{field}}}" for field in fields]
        raise AnswersError(
            f"{place!r} names no field of {owner}",
            where=where,
            fix=f"accepted: {', '.join(accepted)}" if accepted else f"describe a model with a field {name!r}",
        )
    field = fields[name]
    if not is_single(field.type):
        raise AnswersError(
            f"{place!r} is not a single value", where=where, fix="accepted: a string, number or boolean field"
        )
    return Variable(root, name, field.type, may_be_absent(field))


def may_be_absent(field: Field) -> bool:
    """Whether a field may hold nothing: ``a?: T``, ``a: T | null``, ``a: T | undefined``."""
    members = field.type.members if isinstance(field.type, UnionOf) else (field.type,)
    return field.optional or is_nullable(field.type) or Primitive("undefined") in members


def is_single(of: Type) -> bool:
    """Whether the values of a type can stand in a path or a query: texts, numbers, booleans, enums."""
    if isinstance(of, UnionOf):
        return all(is_single(member) for member in of.members)
    if isinstance(of, Primitive):
        return of.name in {"string", "number", "boolean", "undefined"}
    return not isinstance(of, (ArrayOf, ObjectOf, Ref))


def named_fields(request: RequestAnswer, root: str) -> list[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that a request reads, each once, in order."""
    said = (request.path, request.params, request.headers)
    texts = [text for part in (*said, request.data) for text in texts_of(part)]
    return list(dict.fromkeys(name for text in texts for name in mentioned(text, root)))


def texts_of(said: object) -> Iterator[str]:
    """Every text in some answers, however deep."""
    if isinstance(said, str):
        yield said
    inner = said.values() if isinstance(said, Mapping) else said if isinstance(said, (list, tuple)) else ()
    for item in inner:
        yield from texts_of(item)
