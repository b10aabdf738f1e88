"""What the tests of all scripts of an integration share: types, mappers, and the values that scripts are run with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...frozen import frozen
from ...models.types import Alias, ArrayOf, ObjectOf, Ref, UnionOf
from ...models.walk import definition_type, referenced_models
from ...naming.words import spoken
from ...spec.actions import ActionSpec
from ...spec.requests import CONNECTION, LOOKUP
from .javascript import UNDEFINED, UntestableError, is_nothing, put_at, value_at
from .mapped import Mappers
from .recording import ScriptError
from .requests import sent_request
from .samples import day, sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...models.types import Model, Type
    from ...spec.integration import IntegrationSpec
    from ...spec.requests import Lookup, Request
    from ...spec.syncs import SyncSpec
    from ..models.registry import ModelRegistry
    from .recording import Recording

_UNREAD = "more_than_the_types_say"
"""A property of each raw record, as APIs send more than anybody reads: a record of a model does not hold it."""

REFUSED = "Invalid input provided"
"""The message of Nango's own check of a value against a schema."""


@frozen
class Surroundings:
    """Types and mappers of an integration.

    Attributes:
        types: raw types and models, by name.
        mappers: what they make of raw records, and what fits them.
        lookups: those of all scripts, each with what else must be alike where scripts share one in a helper.
    """

    types: Mapping[str, Type]
    mappers: Mappers
    lookups: tuple[tuple[Lookup, tuple[Any, ...]], ...] = ()

    def retries(self, lookup: Lookup, script: SyncSpec | ActionSpec) -> int:
        """How often a look-up is tried again: in a helper as often as the most impatient of its scripts does it."""
        # A look-up of a saved record or with a formatted value stays in its script, which shares it with no other.
        if lookup.saved or any(variable.format for variable in lookup.request.variables):
            return lookup.request.retries
        shared = _without_retries(lookup), taken_by(lookup, script)
        return min(
            each.request.retries
            for each, arguments in self.lookups
            if (_without_retries(each), arguments) == shared
        )

    def value(self, of: Type, name: str, number: int = 1, *, sparse: bool = False) -> Any:
        """A value of a type."""
        return sample(of, name, number, self.types, sparse=sparse)

    def named(self, name: str, number: int = 1, *, sparse: bool = False) -> Any:
        """A value of a type by its name; an object with nothing known of it where there is no such type."""
        if name not in self.types:
            return {"id": number}
        return self.value(self.types[name], name, number, sparse=sparse)

    def raw(self, name: str, model: str, number: int, *, sparse: bool = False) -> Any:
        """A raw record that the mapper of a model can make something of."""
        raw = self.mappers.fitting(model, self.named(name, number, sparse=sparse), number)
        if not isinstance(raw, dict):
            return raw
        return {**raw, _UNREAD: "of no use"}


def _without_retries(lookup: Lookup) -> Lookup:
    return replace(lookup, request=replace(lookup.request, retries=0))


def surroundings_of(spec: IntegrationSpec, models: ModelRegistry) -> Surroundings:
    """The types and mappers of an integration."""
    types = _types_of(spec, models)
    lookups = [(lookup, taken_by(lookup, script)) for script in spec.scripts for lookup in script.lookups]
    return Surroundings(types, Mappers(spec.mappers), tuple(lookups))


def _types_of(spec: IntegrationSpec, models: ModelRegistry) -> dict[str, Type]:
    """The raw types, and the models that they, an input or the metadata name."""
    types: dict[str, Type] = {raw.name: raw.shape for raw in spec.raw_types}
    names = [name for script in spec.scripts for name in _models_of(script)]
    names += [name for raw in spec.raw_types for name in referenced_models(raw.shape)]
    while names:
        name = names.pop()
        if name not in types and models.has(name):
            types[name] = models.model(name).shape
            names += referenced_models(types[name])
    return types


def taken_by(lookup: Lookup, script: SyncSpec | ActionSpec) -> tuple[Any, ...]:
    """What the function of a look-up is handed."""
    request = lookup.request
    input_ = script.input if isinstance(script, ActionSpec) and request.reads("input") else None
    metadata = script.metadata if request.reads("metadata") else None
    return (metadata.name if metadata else "", input_)


def _models_of(script: SyncSpec | ActionSpec) -> Iterator[str]:
    definitions: list[Model | Alias | None] = [script.metadata]
    if isinstance(script, ActionSpec):
        definitions.append(script.input)
        if script.synced:
            yield script.synced.model
    for definition in definitions:
        if definition is not None:
            yield from referenced_models(definition_type(definition))


def settings_of(metadata: Model | None, around: Surroundings, requests: Iterable[Request]) -> Any:
    """Metadata in which everything is set, for what some requests read of it."""
    if metadata is None:
        return UNDEFINED
    return fitted(around.value(metadata.shape, metadata.name), "metadata", requests)


def fitted(value: Any, root: str, requests: Iterable[Request]) -> Any:
    """Settings or an input in which texts that are sent as dates are dates, and those sent as numbers are numbers."""
    for request in requests:
        for variable in request.variables:
            is_read = variable.root == root and variable.field
            if is_read and variable.format and isinstance(value_at(value, variable.steps), str):
                value = put_at(value, variable.steps, _FITTING.get(variable.format, day(4)))
    return value


_FITTING = {"number": "7", "text": "text"}
"""Texts for the formats that are no dates."""


def connection_of(requests: Iterable[Request]) -> dict[str, str]:
    """The configuration of a connection that some requests read."""
    read = (variable for request in requests for variable in request.variables)
    return {variable.field: f"{variable.field}-1" for variable in read if variable.root == CONNECTION}


def look_up(
    script: SyncSpec | ActionSpec, roots: Mapping[str, Any], around: Surroundings, recording: Recording
) -> dict[str, Any]:
    """The roots with what is looked up first.

    Raises:
        UntestableError: it is looked up in saved records.
    """
    values: dict[str, Any] = {}
    for lookup in script.lookups:
        if lookup.saved is not None:
            raise UntestableError("a value of a saved record")
        body = around.named(lookup.body)
        value = value_at(body, lookup.pick)
        # The types say nothing of the value itself where only a request takes it, as a part of its text.
        if is_nothing(value) or isinstance(value, (dict, list)):
            body = put_at(body, lookup.pick, f"{lookup.name}-1")
        if recording.finds_nothing:
            body = put_at(body, lookup.pick, None)
        request = replace(lookup.request, retries=around.retries(lookup, script))
        sent = sent_request(request, {**roots, LOOKUP: values}, {})
        recording.exchange(sent, without_errors(body, lookup.request))
        if recording.finds_nothing:
            place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in lookup.pick)
            end = f"the response of {sent['endpoint']} has nothing at {place.removeprefix('.')}"
            raise ScriptError(f"No {spoken(lookup.name)} was found: {end}")
        values[lookup.name] = value_at(body, lookup.pick)
    return {**roots, LOOKUP: values}


def without_errors(body: Any, request: Request) -> Any:
    """A body that lists no errors."""
    for steps in (request.errors_steps, ("errors",) if request.graphql else ()):
        if steps and not is_nothing(value_at(body, steps)):
            body = put_at(body, steps, [])
    return body


def refused_value(of: Model | Alias) -> Any:
    """A value that its schema refuses; undefined where there is none.

    A required field is left out, or else an optional one is of another kind.
    """
    if isinstance(of, Alias):
        return _of_another_kind(of.type)
    if any(not field.optional and _of_another_kind(field.type) is not UNDEFINED for field in of.shape.fields):
        return {}
    for field in of.shape.fields:
        value = _of_another_kind(field.type)
        if value is not UNDEFINED:
            return {field.name: value}
    return UNDEFINED


def _of_another_kind(of: Type) -> Any:
    if isinstance(of, UnionOf):
        kinds = [_of_another_kind(member) for member in of.members]
        return {"of": "another kind"} if all(isinstance(kind, dict) for kind in kinds) else UNDEFINED
    if isinstance(of, (ObjectOf, Ref, ArrayOf)):
        return "of another kind"
    # The schemas of these types refuse nothing, or even undefined.
    is_any = getattr(of, "name", "") in ("any", "unknown", "object", "undefined", "never", "void")
    return UNDEFINED if is_any else {"of": "another kind"}
