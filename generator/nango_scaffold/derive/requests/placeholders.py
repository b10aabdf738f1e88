"""``${metadata.x}``, ``${input.due:date}``, ``${lastSyncDate}`` and ``[[ ... ]]`` inside answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ...answers.parts import DATE_FORMS
from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import (
    ArrayOf,
    Model,
    ObjectOf,
    Primitive,
    Ref,
    UnionOf,
    is_nullable,
    members_of,
    union_of,
    widened,
    without_null,
)
from ...naming.reserved import INHERITED
from ...spec.requests import LAST_SYNC_DATE, Condition, OptionalText, Variable
from ...spec.values import Step

if TYPE_CHECKING:
    from ...answers import RequestAnswer
    from ...models.types import Field, Type
    from ...spec.requests import Part, Template
    from ..models.registry import ModelRegistry

    Root = Model | Type | None

_QUOTED = r"\$\{'([^']*)'\}"
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_STRETCH = rf"\[\[((?:{_QUOTED.replace('([', '(?:[')}|(?!\[\[|\]\]).)*)\]\]"
_PART = re.compile(rf"{_QUOTED}|{_STRETCH}|{_PLACEHOLDER.pattern}", re.DOTALL)
_NAME = re.compile(r"\s*([A-Za-z]+)(?:\.(.+?))?(?:\s*:\s*([\w-]*))?\s*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CREDENTIALS = frozenset({"credentials", "apiKey", "accessToken", "access_token", "api_key", "clientSecret"})
_TEXT, _NUMBER, _FLAG, _DATE = map(Primitive, ("string", "number", "boolean", "Date"))
_UNDEFINED = Primitive("undefined")
_DATES = (_TEXT, _NUMBER, _DATE)
_FORMATTED = {"number": (_TEXT, _NUMBER), "text": (_TEXT, _NUMBER, _FLAG)}
_RESULTS = {"number": _NUMBER, "text": _TEXT}

FORMATS = (*DATE_FORMS, "number", "text")
CONNECTION_VALUES = ObjectOf((), index=_TEXT)
"""The connection's configuration: whatever keys the provider's entry or its responses give it."""
LAST_SYNC = UnionOf((_DATE, _UNDEFINED))
"""The date of the last run."""


@frozen
class Roots:
    """What ``${...}`` may name in a script.

    Attributes:
        named: the roots by name: a model, ``None`` for no model, an object with any keys, or any other type of a value
            without fields, such as ``${folder}``.
        models: the models by name, for fields of fields.
    """

    named: Mapping[str, Root]
    models: ModelRegistry

    def and_also(self, **named: Root) -> Roots:
        """These roots and further ones."""
        return replace(self, named={**self.named, **named})

    def accepted(self) -> str:
        """The roots as the answers have them, for messages."""
        return " or ".join(
            f"${{{root}}}" if _is_value(of) else f"${{{root}.field}}" for root, of in self.named.items()
        )


def mentioned(text: str, root: str) -> Iterator[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that a string names, in order, if a model can have them."""
    for placeholder in _PLACEHOLDER.findall(text):
        match = _NAME.fullmatch(placeholder)
        name = match[2] if match and match[1] == root else ""
        if name and _IDENTIFIER.fullmatch(name) and name not in INHERITED:
            yield name


def parse_template(text: str, roots: Roots, where: str, *, of_any_type: bool = False) -> Template:
    """Parse a string with ``${...}`` and ``[[ ... ]]`` in it.

    ``${'...'}`` is the text between its quotes, such as ``${'[['}``; brackets without a placeholder between them are text.

    Args:
        text: the answer.
        roots: what ``${...}`` may name.
        where: the answer's path, for messages.
        of_any_type: whether a placeholder that is the whole string may name a list or an object.

    Raises:
        AnswersError: a placeholder that names nothing, or a value that cannot stand in a text; brackets or braces that
            are not closed.
    """
    is_alone = of_any_type and _PLACEHOLDER.fullmatch(text) is not None
    parts: list[Part] = []
    end = 0
    for part in _PART.finditer(text):
        parts.append(text[end : part.start()])
        _refuse_unclosed(parts[-1], text[part.start() :], roots, where)
        parts.append(_part(part, roots, where, of_any_type=is_alone))
        end = part.end()
    parts.append(text[end:])
    _refuse_unclosed(parts[-1], "", roots, where)
    template = _joined(parts)
    stretch = template[0] if len(template) == 1 else None
    return stretch.parts if isinstance(stretch, OptionalText) else template


def _part(match: re.Match[str], roots: Roots, where: str, *, of_any_type: bool) -> Part:
    quoted, stretch, placeholder = match.groups()
    if quoted is not None:
        return quoted
    if placeholder is not None:
        return _variable(placeholder, roots, where, of_any_type=of_any_type)
    inner = parse_template(stretch, roots, where)
    if not any(isinstance(part, Variable) for part in inner):
        return f"[[{''.join(map(str, inner))}]]"
    return OptionalText(tuple(part for part in inner if not isinstance(part, OptionalText)))


def _joined(parts: list[Part]) -> Template:
    """The parts without empty strings, those next to each other as one."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def _refuse_unclosed(text: Part, rest: str, roots: Roots, where: str) -> None:
    """Refuse text with an opening of which no end is found; ``rest`` is what stands behind it."""
    if not isinstance(text, str):
        return
    if "${" in text:
        raise AnswersError("a ${ is not closed", where=where, fix=f"accepted: {roots.accepted()}")
    if "[[" in text and _PLACEHOLDER.search(rest):
        raise AnswersError(
            "a [[ is not closed",
            where=where,
            fix="close it with ]], or write ${'[['} for the brackets themselves",
        )


def _is_value(of: Root) -> bool:
    """Whether a root is a value itself, without fields."""
    return of is not None and not isinstance(of, (Model, ObjectOf))


def _variable(inner: str, roots: Roots, where: str, *, of_any_type: bool) -> Variable:
    """The variable of a placeholder, by what stands between its braces."""
    text = f"${{{inner}}}"
    match = _NAME.fullmatch(inner)
    root, path, format_ = match.groups() if match else ("", None, None)
    of = roots.named.get(root)
    if f"{path}:{format_}" in _fields_of(of):
        path, format_ = f"{path}:{format_}", None
    if of_any_type and isinstance(of, Model) and path is format_ is None:
        return Variable(root, "", Ref(of.name))
    _refuse_unknown(text, root, path, roots, where)
    variable = _named(text, root, str(path), roots, where)
    if format_ is None and without_undefined(variable.type) == _DATE:
        format_ = "iso"
    if format_ is not None:
        return _formatted(variable, format_, text, where)
    if not of_any_type:
        _refuse_several(variable, text, where)
    return variable


def _refuse_unknown(text: str, root: str, path: str | None, roots: Roots, where: str) -> None:
    # A value has no fields, and of a model one field is meant.
    if root in roots.named and _is_value(roots.named[root]) != bool(path):
        return
    _refuse_credentials(text, root, where)
    _refuse_last_sync(text, root, where)
    raise AnswersError(f"{text!r} names nothing here", where=where, fix=f"accepted: {roots.accepted()}")


def _named(text: str, root: str, path: str, roots: Roots, where: str) -> Variable:
    """The value of a known root, or what is at a path in it."""
    of = roots.named[root]
    if isinstance(of, ObjectOf):
        return _configured(text, root, path, of, where)
    if of is None or isinstance(of, Model):
        return _field(text, root, path, of, roots, where)
    return Variable(root, "", of, _has_absent(of))


def _refuse_several(variable: Variable, text: str, where: str) -> None:
    if not is_single(variable.type):
        raise AnswersError(
            f"{text!r} is not a single value",
            where=where,
            fix="accepted: a string, number or boolean field",
        )


def _fields_of(of: Root) -> Mapping[str, Field]:
    return {field.name: field for field in of.shape.fields} if isinstance(of, Model) else {}


def _refuse_credentials(text: str, root: str, where: str) -> None:
    """Refuse a placeholder that asks for credentials, with the reason."""
    if root in _CREDENTIALS:
        raise AnswersError(
            f"{text!r} asks for credentials, which a script has no part in: Nango's proxy adds them to each request",
            where=where,
            fix="leave it out where the provider's entry adds them; a request that has to be signed, or to carry a key "
            "in its body, needs a script written by hand: nango.getToken() gives it the credentials",
        )


def _refuse_last_sync(text: str, root: str, where: str) -> None:
    """Refuse the date of the last run where a script has none."""
    if root == LAST_SYNC_DATE:
        raise AnswersError(
            f"{text!r} is the date of the last run, by which only an incremental sync of the pattern paginated asks",
            where=where,
            fix="write `sync_type: incremental` for the sync, or remove it",
        )


def _configured(text: str, root: str, key: str, of: ObjectOf, where: str) -> Variable:
    """A key of the connection's configuration."""
    first, _, rest = key.partition(".")
    _refuse_credentials(text, first, where)
    others = {"metadata": "${metadata.%s}", "connection_config": f"${{{root}.%s}}"}
    if rest and first in others:
        raise AnswersError(
            f"{text!r} is no value of the connection's configuration",
            where=where,
            fix=f"write {others[first] % rest}",
        )
    return Variable(root, key, of.index or _TEXT)


def _field(text: str, root: str, path: str, model: Model | None, roots: Roots, where: str) -> Variable:
    """A field of a model, or a field of an object that it holds."""
    fields = _fields_of(model)
    names = [path] if path in fields else path.split(".")
    if names[0] not in fields:
        owner = f"the model {model.name}" if model else f"this script, which has no {root}"
        accepted = [f"${{{root}.{field}}}" for field in fields]
        raise AnswersError(
            f"{text!r} names no field of {owner}",
            where=where,
            fix="" if accepted else f"describe a model with a field {path!r}",
            accepted=accepted,
        )
    field = fields[names[0]]
    variable = Variable(root, field.name, field.type, may_be_absent(field))
    for name in names[1:]:
        variable = _below(text, variable, name, roots, where)
    return variable


def _below(text: str, variable: Variable, name: str, roots: Roots, where: str) -> Variable:
    """The field of a value that is an object."""
    fields = object_fields(variable.type, roots)
    if name not in fields:
        way = spelled(variable)
        raise AnswersError(
            f"{text!r} names no field of {way}",
            where=where,
            fix="" if fields else f"{way} has no fields: name a single value",
            accepted=fields,
        )
    field = fields[name]
    return replace(
        variable,
        type=field.type,
        optional=variable.optional or may_be_absent(field),
        below=(*variable.below, Step(name, after_null=variable.optional)),
    )


def object_fields(of: Type, roots: Roots) -> Mapping[str, Field]:
    """The fields of an object, or of a model that is named, by name; none of any other type."""
    of = without_null(without_undefined(of))
    shape = roots.models.model(of.model).shape if isinstance(of, Ref) and roots.models.has(of.model) else of
    return {field.name: field for field in shape.fields} if isinstance(shape, ObjectOf) else {}


def parse_spread(text: str, roots: Roots, where: str) -> Variable:
    """The object that is spread into a body: ``input``, ``input.address``, or either in ``${}``.

    Raises:
        AnswersError: what names no object.
    """
    placeholder = _PLACEHOLDER.fullmatch(text)
    variable = _variable(placeholder[1] if placeholder else text, roots, where, of_any_type=True)
    if variable.format or not object_fields(variable.type, roots):
        raise AnswersError(
            f"{text!r} is no object with fields",
            where=where,
            fix="accepted: an object to spread, such as input or input.address",
        )
    return variable


def _formatted(variable: Variable, format_: str, text: str, where: str) -> Variable:
    """The variable in a format that its type can have; ``number`` of a number is the number itself."""
    members = {widened(member) for member in members_of(without_null(without_undefined(variable.type)))}
    accepted = [name for name in FORMATS if members and members <= set(_FORMATTED.get(name, _DATES))]
    if format_ not in accepted:
        raise AnswersError(
            f"{format_!r} is no format that {text!r} can have",
            where=where,
            fix="" if accepted else "accepted: none, as it is not a single value",
            accepted=accepted,
        )
    is_already = members == {_RESULTS.get(format_)}
    return variable if is_already else replace(variable, format=format_)


def refuse_absent(template: Template, place: str, where: str, *, or_shorter: bool) -> None:
    """Refuse a value that may be absent where there has to be one.

    Args:
        template: the parsed text.
        place: what needs the value, in words: ``a path``.
        where: the answer's path, for messages.
        or_shorter: whether the text may do without the stretch that the value is in.

    Raises:
        AnswersError: naming the value.
    """
    for part in template:
        if isinstance(part, Variable) and part.optional:
            required = [f"make the field {part.field} required"] if part.field else []
            shorter = ["write [[ and ]] round what is to be left out then"] if or_shorter else []
            raise AnswersError(
                f"${{{spelled(part)}}} may be absent, and {place} needs it",
                where=where,
                fix=", or ".join([*required, *shorter]) or "remove it",
            )


def spelled(variable: Variable) -> str:
    """A variable as the answers name it, without its format: ``input.address.city``."""
    return f"{variable.root}.{variable.path}" if variable.field else variable.root


def may_be_absent(field: Field) -> bool:
    """Whether a field may hold nothing: ``a?: T``, ``a: T | null``, ``a: T | undefined``."""
    return field.optional or _has_absent(field.type)


def _has_absent(of: Type) -> bool:
    return is_nullable(of) or _UNDEFINED in members_of(of)


def without_undefined(of: Type) -> Type:
    """The type without undefined; undefined alone stays."""
    members = tuple(member for member in members_of(of) if member != _UNDEFINED)
    return union_of(members) if members else of


def is_single(of: Type) -> bool:
    """Whether the values of a type can stand in a path or a query: strings, numbers, booleans, enums."""
    if isinstance(of, UnionOf):
        return all(is_single(member) for member in of.members)
    if isinstance(of, Primitive):
        return of.name in {"string", "number", "boolean", "undefined"}
    return not isinstance(of, (ArrayOf, ObjectOf, Ref))


def named_fields(requests: Iterable[RequestAnswer], root: str) -> list[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that requests read, each once, in order."""
    texts = (text for request in requests for text in texts_of(request))
    return list(dict.fromkeys(name for text in texts for name in mentioned(text, root)))


def texts_of(request: RequestAnswer) -> Iterator[str]:
    """Every string of a request that may hold placeholders; what its conditions read is given as one."""
    for value in (*request.params.values(), *request.headers.values()):
        if isinstance(value, Mapping):
            yield from (f"${{{name}}}" for name in _read_by(str(value["when"])))
    yield from strings_in(
        (request.base_url, request.path, request.params, request.headers, request.data, request.json)
    )


def names_last_sync(request: RequestAnswer) -> bool:
    """Whether a request asks by the date of the last run in a text of its own."""
    names = (_NAME.fullmatch(inner) for text in texts_of(request) for inner in _PLACEHOLDER.findall(text))
    return any(match is not None and match[1] == LAST_SYNC_DATE for match in names)


def parse_condition(expression: str, roots: Roots, where: str) -> Condition:
    """A condition, and what it reads.

    Raises:
        AnswersError: one that reads what the script does not have.
    """
    names = _read_by(expression)
    return Condition(expression, tuple(_variable(name, roots, where, of_any_type=True) for name in names))


def _read_by(expression: str) -> list[str]:
    """What an expression reads, as placeholders name it, each once: the fields of a root, or a root as a whole."""
    from ...typescript.expression_reads import readings  # brings the parser, which most answers do without

    fields: dict[str, list[str]] = {}
    for reading in readings(expression):
        of_root = fields.setdefault(reading.root, [])
        if reading.path and reading.root != LAST_SYNC_DATE:
            of_root.append(f"{reading.root}.{reading.path[0]}")
    names = (name for root, of_root in fields.items() for name in of_root or [root])
    return list(dict.fromkeys(names))


def strings_in(data: object) -> Iterator[str]:
    """Every string in plain data or in answers, at any depth; keys are left out."""
    if isinstance(data, str):
        yield data
    elif hasattr(
        data, "__dict__"
    ):  # not by asdict, which would have every class of the answers made a dataclass
        yield from strings_in(vars(data))
    elif isinstance(data, (Mapping, list, tuple)):
        for item in data.values() if isinstance(data, Mapping) else data:
            yield from strings_in(item)
