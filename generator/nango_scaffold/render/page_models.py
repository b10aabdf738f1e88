"""The models of an integration as tables: each field, its type, and where its value comes from or goes to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..models.types import Model
from ..spec import values
from ..spec.mappers import Mapper
from ..spec.requests import variables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..spec.integration import IntegrationSpec
    from ..spec.requests import Request, Variable
    from ..spec.values import Assign, Local, Value

_ROOTS = ("input", "metadata")
_EXTENDS, _ANY_KEY = "__extends", "__string"
_HOW: Mapping[type, str] = {
    values.Dated: "as a date",
    values.Each: "item by item",
    values.Expression: "computed",
    values.FirstItem: "the first that fits",
    values.Joined: "joined",
    values.Part: "a part of it",
    values.Renamed: "translated",
}
"""What becomes of the values that are read, by the kind of the value."""


@frozen
class FieldSource:
    """Where a field's value comes from, or goes to.

    Attributes:
        places: paths in the record of the API, or parts of a request.
        how: what becomes of them, in a word or two; empty for nothing.
    """

    places: tuple[str, ...] = ()
    how: str = ""


@frozen
class FieldRow:
    """A field of a model; ``name`` begins with the names of the fields that it is in: ``head.ref``."""

    name: str
    type: str
    is_optional: bool
    source: FieldSource


@frozen
class ModelTable:
    """A model with its fields.

    Attributes:
        role: ``record``, ``input``, ``metadata``, or ``part`` of another model.
        base: the model whose fields it has, too; empty for none.
    """

    name: str
    role: str
    rows: tuple[FieldRow, ...]
    base: str = ""

    @property
    def has_sources(self) -> bool:
        """Whether anything is known of where a value comes from, or goes to."""
        return any(row.source != FieldSource() for row in self.rows)


def model_table(name: str, spec: IntegrationSpec) -> ModelTable:
    """The table of a model of the integration."""
    role, sources = _role_and_sources(name, spec)
    fields = spec.models[name]
    return ModelTable(name, role, tuple(_rows(fields, "", sources)), str(fields.get(_EXTENDS) or ""))


def example(name: str, models: Mapping[str, Mapping[str, Any]], depth: int = 0) -> dict[str, Any]:
    """A value of a model, with its required fields; what has no end of its own is an empty object."""
    fields = models.get(name, {})
    if depth > len(models):  # a model that needs itself
        return {}
    base = example(str(fields[_EXTENDS]), models, depth + 1) if _EXTENDS in fields else {}
    required = {
        key: type_ for key, type_ in fields.items() if not key.endswith("?") and not key.startswith("__")
    }
    return {**base, **{key: _example(type_, models, depth) for key, type_ in required.items()}}


_EXAMPLES: Mapping[str, Any] = {
    "string": "...",
    "number": 1,
    "boolean": True,
    "date": "2026-01-31T00:00:00.000Z",
    "true": True,
}


def _example(type_: Any, models: Mapping[str, Mapping[str, Any]], depth: int) -> Any:
    if isinstance(type_, Mapping):
        return {key: _example(item, models, depth) for key, item in type_.items() if not key.endswith("?")}
    if isinstance(type_, (list, tuple)):
        return []
    if not isinstance(type_, str):
        return type_
    first = type_.split("|")[0].strip()  # any member of a union will do
    if first.endswith("[]"):
        return []
    if first in models:
        return example(first, models, depth + 1)
    return _EXAMPLES.get(first.lower(), first)


def _role_and_sources(name: str, spec: IntegrationSpec) -> tuple[str, Mapping[str, FieldSource]]:
    """What a model is for, and where the values of its fields come from, or go to."""
    for mapper in spec.mappers:
        if mapper.model == name and isinstance(mapper, Mapper):
            named = {local.variable: local for local in mapper.locals}
            # A model that a mapper makes may be an input as well; what is known of its values is where they come from.
            return "record", dict(_mapped(mapper.fields, "", named))
    uses = [use for use in _uses(spec) if use[1] == name]
    role = uses[0][0] if uses else "part"
    return role, _destinations_by_field(uses)


def _destinations_by_field(uses: Iterable[tuple[str, str, tuple[Request, ...]]]) -> dict[str, FieldSource]:
    places: dict[str, list[str]] = {}
    for root, _, requests in uses:
        for field, place in _destinations(requests, root):
            places.setdefault(field, []).append(place)
    return {field: FieldSource(tuple(dict.fromkeys(names))) for field, names in places.items()}


def _uses(spec: IntegrationSpec) -> Iterator[tuple[str, str, tuple[Request, ...]]]:
    """Each input and metadata of a script: which of both, its model, and the requests that may be filled from it."""
    for script in spec.scripts:
        for root in _ROOTS:
            model = getattr(script, root, None)
            if isinstance(model, Model):
                yield root, model.name, script.requests


def _destinations(requests: Iterable[Request], root: str) -> Iterator[tuple[str, str]]:
    """Each field that requests are filled from, with the part of them that it goes into."""
    for request in requests:
        for place, variable in _variables(request):
            if variable.root == root:
                yield variable.path, place


def _variables(request: Request) -> Iterator[tuple[str, Variable]]:
    """The variables of a request, each with the part of it that they go into."""
    yield from (("path", each) for each in variables_of((*request.other_base_url, *request.path)))
    yield from (("body", each) for each in variables_of(request.data))
    kinds = (("parameter", request.params), ("header", request.headers), ("body", request.body))
    for kind, params in kinds:
        for param in params:
            # A body that is one bare value has no name for it.
            place = f"{kind} {param.name}".strip()
            yield from ((place, each) for each in param.variables)


def _rows(fields: Mapping[str, Any], prefix: str, sources: Mapping[str, FieldSource]) -> Iterator[FieldRow]:
    for key, type_ in fields.items():
        if key == _EXTENDS:
            continue
        name = f"{prefix}{'*' if key == _ANY_KEY else key.removesuffix('?')}"
        source = sources.get(name, FieldSource())
        yield FieldRow(name, _type_text(type_), key.endswith("?"), source)
        if isinstance(type_, Mapping):
            yield from _rows(type_, f"{name}.", sources)


def _type_text(type_: Any) -> str:
    """A type in the language of nango.yaml, on one line."""
    if isinstance(type_, Mapping):
        return "object"
    if isinstance(type_, (list, tuple)):
        return " | ".join(map(_type_text, type_))
    return type_ if isinstance(type_, str) else json.dumps(type_)


def _mapped(
    fields: Iterable[Assign], prefix: str, named: Mapping[str, Local]
) -> Iterator[tuple[str, FieldSource]]:
    """Where the value of each field is in the record of the API."""
    for assign in fields:
        name, value = f"{prefix}{assign.name}", assign.value
        if isinstance(value, values.OrElse):
            value = value.value
        if isinstance(value, values.Build):
            yield from _mapped(value.fields, f"{name}.", named)
            continue
        paths = dict.fromkeys(path for path in _paths(value, named) if path)
        yield name, FieldSource(tuple(paths), _how(value, named))


def _paths(value: Value, named: Mapping[str, Local]) -> Iterator[str]:
    """What is read for a value: paths in the record, or below the name of another variable."""
    for read in values.reads_in(value):
        steps = [str(step.name) for step in read.steps]
        if read.variable in named:
            yield from _paths(named[read.variable].value, named)
        elif read.variable == values.RECORD:
            yield ".".join(steps)
        else:
            yield ".".join((read.variable, *steps))


def _how(value: Value, named: Mapping[str, Local]) -> str:
    if isinstance(value, values.Plain):
        return f"always {json.dumps(value.value, ensure_ascii=False)}"
    if isinstance(value, values.Compared):
        constants = (json.dumps(each.value, ensure_ascii=False) for each in value.values)
        return f"whether it is {' or '.join(constants)}"
    if isinstance(value, values.Convert):
        return f"as {value.to}"
    if isinstance(value, values.Read) and value.variable in named:
        return _how(named[value.variable].value, named)
    return _HOW.get(type(value), "")
