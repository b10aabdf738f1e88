"""``${metadata.x}`` and ``${input.x}`` inside answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ArrayOf, Model, ObjectOf, Primitive, Ref, UnionOf, is_nullable, members_of
from ...naming.reserved import INHERITED
from ...spec.requests import Template, Variable

if TYPE_CHECKING:
    from ...answers import RequestAnswer
    from ...models.types import Field, Type

    Roots = Mapping[str, Model | Type | None]

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_FIELD = re.compile(r"\s*([a-z]+)(?:\.(.+?))?\s*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def mentioned(text: str, root: str) -> Iterator[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that a string names, in order, if a model can have them."""
    for placeholder in _PLACEHOLDER.findall(text):
        match = _FIELD.fullmatch(placeholder)
        name = match[2] if match and match[1] == root else ""
        if name and _IDENTIFIER.fullmatch(name) and name not in INHERITED:
            yield name


def parse_template(text: str, known: Roots, where: str) -> Template:
    """Parse a string with ``${...}`` in it.

    Args:
        text: the answer.
        known: the roots this script has: a model, such as ``{"input": Model(...)}``, ``None`` for no model, or the
            type of a root without fields, such as ``${folder}``.
        where: the answer's path, for messages.

    Raises:
        AnswersError: a placeholder that names no field of a known model, or a field that is no single value.
    """
    parts: list[str | Variable] = []
    end = 0
    for placeholder in _PLACEHOLDER.finditer(text):
        parts.append(text[end : placeholder.start()])
        parts.append(_variable(placeholder, known, where))
        end = placeholder.end()
    parts.append(text[end:])
    if any(isinstance(part, str) and "${" in part for part in parts):
        raise AnswersError("a ${ is not closed", where=where, fix=f"accepted: {_roots(known)}")
    return tuple(part for part in parts if part != "")


def _roots(known: Roots) -> str:
    return " or ".join(
        f"${{{root}}}" if _is_value(of) else f"${{{root}.field}}" for root, of in known.items()
    )


def _is_value(of: Model | Type | None) -> bool:
    """Whether a root is a value itself, without fields."""
    return of is not None and not isinstance(of, Model)


def _variable(placeholder: re.Match[str], known: Roots, where: str) -> Variable:
    text = placeholder[0]
    match = _FIELD.fullmatch(placeholder[1])
    root, name = match.groups() if match else ("", None)
    # A value has no fields, and of a model one field is meant.
    if root not in known or _is_value(known[root]) == bool(name):
        raise AnswersError(f"{text!r} names nothing here", where=where, fix=f"accepted: {_roots(known)}")
    of = known[root]
    if of is None or isinstance(of, Model):
        return _field(text, root, str(name), of, where)
    _refuse_several(text, of, where)
    return Variable(root, "", of)


def _field(placeholder: str, root: str, name: str, model: Model | None, where: str) -> Variable:
    fields = {} if model is None else {field.name: field for field in model.shape.fields}
    if name not in fields:
        owner = f"the model {model.name}" if model else f"this script, which has no {root}"
        accepted = [f"${{{root}.{field}}}" for field in fields]
        raise AnswersError(
            f"{placeholder!r} names no field of {owner}",
            where=where,
            fix=f"accepted: {', '.join(accepted)}" if accepted else f"describe a model with a field {name!r}",
        )
    field = fields[name]
    _refuse_several(placeholder, field.type, where)
    return Variable(root, name, field.type, may_be_absent(field))


def _refuse_several(placeholder: str, of: Type, where: str) -> None:
    if not is_single(of):
        raise AnswersError(
            f"{placeholder!r} is not a single value",
            where=where,
            fix="accepted: a string, number or boolean field",
        )


def may_be_absent(field: Field) -> bool:
    """Whether a field may hold nothing: ``a?: T``, ``a: T | null``, ``a: T | undefined``."""
    can_be_undefined = Primitive("undefined") in members_of(field.type)
    return field.optional or is_nullable(field.type) or can_be_undefined


def is_single(of: Type) -> bool:
    """Whether the values of a type can stand in a path or a query: strings, numbers, booleans, enums."""
    if isinstance(of, UnionOf):
        return all(is_single(member) for member in of.members)
    if isinstance(of, Primitive):
        return of.name in {"string", "number", "boolean", "undefined"}
    return not isinstance(of, (ArrayOf, ObjectOf, Ref))


def named_fields(request: RequestAnswer, root: str) -> list[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that a request reads, each once, in order."""
    texts = strings_in((request.path, request.params, request.headers, request.data))
    return list(dict.fromkeys(name for text in texts for name in mentioned(text, root)))


def strings_in(data: object) -> Iterator[str]:
    """Every string in plain data, at any depth; keys are left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (Mapping, list, tuple)):
        for item in data.values() if isinstance(data, Mapping) else data:
            yield from strings_in(item)
