"""What a mapper makes of a raw record; and raw records that a mapper can make something of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...spec import values
from ...spec.mappers import Mapper
from ...spec.values import PARENT, RECORD
from .javascript import (
    UNDEFINED,
    UNKNOWN,
    UntestableError,
    date_of,
    is_nothing,
    iso,
    number_of,
    put_at,
    text_of,
    value_at,
)
from .samples import day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from ...spec.mappers import DynamicMapper

    Variables: TypeAlias = Mapping[str, Any]

_FIRST, _REST = "first", "rest"
_CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "date": lambda source: iso(date_of(source)),
    "number": number_of,
    "text": text_of,
}


class Mappers:
    """The mappers of an integration: what they make of raw records, and raw records that fit them."""

    def __init__(self, mappers: tuple[Mapper | DynamicMapper, ...]) -> None:
        # What a dynamic mapper makes of a record is for its pattern to say.
        self._by_model = {mapper.model: mapper for mapper in mappers if isinstance(mapper, Mapper)}

    def record(self, model: str, raw: Any, parent: Any = UNDEFINED) -> Any:
        """The record of a model that its mapper makes of a raw one.

        Raises:
            UntestableError: nobody but TypeScript knows.
        """
        mapper = self._by_model.get(model)
        if mapper is None:
            raise UntestableError(f"the mapper of {model}")
        variables = {RECORD: raw, PARENT: parent}
        for local in mapper.locals:
            variables[local.variable] = self.value(local.value, variables)
        fields = self._fields(mapper.fields, variables)
        # What else the API sends is passed on: the record is not known as a whole.
        if mapper.keeps_the_rest:
            fields[""] = UNKNOWN
        return fields

    def value(self, value: values.Value, variables: Variables) -> Any:
        """What becomes of a value."""
        if isinstance(value, values.Read):
            return read(value, variables)
        if isinstance(value, values.Plain):
            return value.value
        if isinstance(value, values.Expression):
            return _computed(value.source, variables)
        if isinstance(value, values.Build):
            return self._fields(value.fields, variables)
        if isinstance(value, values.Joined):
            return _joined(value, variables)
        # All others are made of one value.
        source = read(value.of, variables)
        if source is UNKNOWN:
            return UNKNOWN
        return self._of_source(value, source, variables)

    def _of_source(self, value: Any, source: Any, variables: Variables) -> Any:
        if isinstance(value, values.OrElse):
            return value.otherwise.value if is_nothing(source) else self.value(value.value, variables)
        if isinstance(value, values.Mapped):
            return self.record(value.model, source)
        if isinstance(value, values.Each):
            return self._each(value, source, variables)
        if isinstance(value, values.FirstItem):
            return _first_item(value, source)
        if isinstance(value, values.Renamed):
            return _renamed(value, source)
        return _converted(value, source)

    def _each(self, value: values.Each, source: Any, variables: Variables) -> Any:
        if not isinstance(source, list):
            raise UntestableError(f"the items of {source!r}")
        items = []
        for item in source:
            own = {**variables, value.variable: item}
            for local in value.locals:
                own[local.variable] = self.value(local.value, own)
            items.append(self.value(value.item, own))
        return items

    def _fields(self, assigns: tuple[values.Assign, ...], variables: Variables) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for assign in assigns:
            if assign.when is None or not is_nothing(read(assign.when, variables)):
                fields[assign.name] = self.value(assign.value, variables)
        return fields

    def fitting(self, model: str, raw: Any, number: int) -> Any:
        """A raw record made to fit the mapper of a model: a number where one is made of its text, a date, a known word."""
        mapper = self._by_model.get(model)
        if mapper is None:
            return raw
        for local in mapper.locals:
            raw = self._fitted(local.value, RECORD, raw, number)
        for assign in mapper.fields:
            raw = self._fitted(assign.value, RECORD, raw, number)
        return raw

    def _fitted(self, value: values.Value, variable: str, raw: Any, number: int) -> Any:
        if isinstance(value, values.Build):
            for assign in value.fields:
                raw = self._fitted(assign.value, variable, raw, number)
            return raw
        if isinstance(value, (values.Read, values.Plain, values.Expression, values.Joined)):
            return raw
        if isinstance(value, values.OrElse):
            return self._fitted(value.value, variable, raw, number)
        steps = [step.name for step in value.of.steps]
        source = value_at(raw, steps)
        # What is read of another variable, such as the parent, is not in this record.
        if value.of.variable != variable or is_nothing(source):
            return raw
        return put_at(raw, steps, self._source(value, source, number))

    def _source(self, value: Any, source: Any, number: int) -> Any:
        if isinstance(value, values.Mapped):
            return self.fitting(value.model, source, number)
        if isinstance(value, values.Each) and isinstance(source, list):
            return [self._item(value, item, number) for item in source]
        if isinstance(value, values.FirstItem) and isinstance(source, list):
            return [_fitting_item(value, item) for item in source]
        if isinstance(value, values.Renamed) and value.table:
            return value.table[0][0].value
        return _fitting_source(value, source, number)

    def _item(self, value: values.Each, item: Any, number: int) -> Any:
        for local in value.locals:
            item = self._fitted(local.value, value.variable, item, number)
        return self._fitted(value.item, value.variable, item, number)


def _computed(source: str, variables: Variables) -> Any:
    from .expressions import evaluated  # brings the parser, which most records do without

    return evaluated(source, {name: value for name, value in variables.items() if value is not UNDEFINED})


def read(of: values.Read, variables: Variables) -> Any:
    """What a read gives."""
    return value_at(variables.get(of.variable, UNKNOWN), [step.name for step in of.steps])


def _converted(value: Any, source: Any) -> Any:
    if isinstance(value, values.Convert):
        return _CONVERSIONS[value.to](source)
    if isinstance(value, values.Dated):
        number = number_of(source) if value.is_quoted else source
        return iso(date_of(number * 1000 if value.in_seconds else number))
    if isinstance(value, values.Compared):
        return any(_is_same(source, plain) for plain in value.values)
    if isinstance(value, values.Part):
        return _part(value, source)
    raise UntestableError(f"a value of the kind {type(value).__name__}")


def _is_same(source: Any, plain: values.Plain) -> bool:
    """Whether JavaScript takes a value for the same as a constant: Python takes 1 for true, too."""
    return source == plain.value and type(source) is type(plain.value)


def _part(value: values.Part, source: Any) -> Any:
    parts = [] if is_nothing(source) else text_of(source).split(value.separator)
    if value.which == _REST:
        part = value.separator.join(parts[1:])
    else:
        part = parts[0 if value.which == _FIRST else -1] if parts else ""
    if part:
        return part
    return UNDEFINED if value.empty is None else value.empty.value


def _first_item(value: values.FirstItem, source: Any) -> Any:
    if is_nothing(source):
        return UNDEFINED
    if not isinstance(source, list):
        raise UntestableError(f"the items of {source!r}")
    for item in source:
        if all(_passes(read(test, {value.variable: item}), plain.value) for test, plain in value.tests):
            return item
    return UNDEFINED


def _passes(value: Any, constant: Any) -> bool:
    """Whether an item of a list is the one that is looked for; a flag may be absent, where it counts as false."""
    if isinstance(constant, bool):
        return bool(value) == constant
    return bool(value == constant)


def _renamed(value: values.Renamed, source: Any) -> Any:
    for raw, translation in value.table:
        if _is_same(source, raw):
            return translation.value
    if value.otherwise is not None:
        return value.otherwise.value
    if value.unknown == "null" or (value.unknown == "kept or null" and is_nothing(source)):
        return None
    return source if value.unknown.startswith("kept") else UNDEFINED


def _joined(value: values.Joined, variables: Variables) -> Any:
    parts = [read(of, variables) for of in value.of]
    if UNKNOWN in parts:
        return UNKNOWN
    text = value.between.join(text_of(part) for part in parts if not is_nothing(part) and part != "")
    if text:
        return text
    return {"null": None, "absent": UNDEFINED}.get(value.empty, "")


def _fitting_item(value: values.FirstItem, item: Any) -> Any:
    for test, plain in value.tests:
        item = put_at(item, [step.name for step in test.steps], plain.value)
    return item


def _fitting_source(value: Any, source: Any, number: int) -> Any:
    if isinstance(value, values.Convert) and isinstance(source, str):
        return {"number": str(number), "date": day(number)}.get(value.to, source)
    # Every other record has the value that is compared with, so that both answers are tested.
    if isinstance(value, values.Compared) and number % 2:
        return value.values[0].value
    if isinstance(value, values.Dated):
        return _date_sent(value, source, number)
    if isinstance(value, values.Part) and isinstance(source, str):
        return value.separator.join(("north", "south", str(number)))
    return source


def _date_sent(value: values.Dated, source: Any, number: int) -> Any:
    seconds = 1_710_000_000 + number * 86_400
    sent = seconds if value.in_seconds else seconds * 1000
    if value.is_quoted:
        return str(sent)
    return sent if isinstance(source, (int, float)) else day(number)
