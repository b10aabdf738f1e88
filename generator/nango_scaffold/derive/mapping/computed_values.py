"""Values that are computed rather than read: constants, renamed values, joined strings, items that are looked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import ArrayOf, Literal, Primitive, UnionOf, is_nullable, widened, without_null
from ...naming.words import singular
from ...spec.mappers import STATUS
from ...spec.values import (
    Assign,
    Compared,
    Convert,
    Dated,
    Expression,
    FirstItem,
    Joined,
    OrElse,
    Part,
    Plain,
    Read,
    Renamed,
)
from ..models.expression_fit import misfit_of
from .field_source import AtOrigin, Comparison, Constant, Date, Formula, Join, Piece, Table, path_text
from .raw_types import RawValue, read_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from ...models.types import Field, Model, Type
    from ...spec.values import Value
    from .conversion import Conversion
    from .field_plan import Leaf
    from .field_source import Origin, RawPath
    from .scope import Scope

    Computed: TypeAlias = "Constant | Table | Join | AtOrigin | Comparison | Piece | Date | Formula"

ITEM = "item"
"""An item of a list that is looked through."""
_ANY = Primitive("any")
_TEXT = Primitive("string")
_KINDS: dict[str, tuple[type, ...]] = {"string": (str,), "number": (int, float), "boolean": (bool,)}


@frozen
class ComputedValues:
    """The computed values of one model's fields; for the attributes see ``ObjectFields``."""

    _model: Model
    _scope: Scope
    _conversion: Conversion
    _place_of: Callable[[str], str]
    _target: tuple[str | int, ...]
    _root: Read

    def assign(self, leaf: Leaf, source: Computed) -> Assign:
        """How the field is set.

        Raises:
            AnswersError: a value that the field cannot hold, or a raw type that cannot be converted this way.
        """
        if isinstance(source, Constant):
            self._check(source.value, leaf, "const")
            return Assign(leaf.field.name, Plain(source.value))
        if isinstance(source, Join):
            return self._joined(leaf, source)
        if isinstance(source, Formula):
            return self._expression(leaf, source)
        if isinstance(source, Comparison):
            return self._compared(leaf, source)
        if isinstance(source, Table):
            return self._renamed(leaf, source)
        if source.otherwise is not None:
            self._check(source.otherwise, leaf, "otherwise")
        if isinstance(source, AtOrigin):
            raw_value = self.value_at(source.origin, leaf)
            return self._conversion.assign(leaf.field, raw_value, tuple(self._scope.names), source.otherwise)
        return self._dated(leaf, source) if isinstance(source, Date) else self._part(leaf, source)

    def value_at(self, origin: Origin, leaf: Leaf, *, for_variable: bool = False) -> RawValue:
        """A raw value, read from a variable where it is that of an item that is looked for.

        Args:
            origin: where it is.
            leaf: the field that is made of it.
            for_variable: whether it goes into a variable, which is computed before it is known that the object is there.

        Raises:
            AnswersError: the raw type has no such value, or no list of such items.
        """
        # A variable is computed before any check that the object is there, so that it is read with all of them.
        root = self._scope.root if origin.where or for_variable else self._root
        listed = self._read(origin.path, leaf, root)
        if not origin.where:
            return listed
        items = without_null(listed.type)
        if not isinstance(items, ArrayOf):
            what = f"the raw type has no list at {path_text(origin.path)!r}"
            raise self._error(leaf, "where", what, "name the path of a list")
        tests = tuple((self._in_item(path, items, leaf), Plain(value)) for path, value in origin.where)
        item = FirstItem(listed.read, ITEM, tests)
        words = [step for step in origin.path if isinstance(step, str)]
        root = Read(self._scope.variable(singular(words[-1]), item), (), nullable=True, undefinable=True)
        return read_at(items.item, origin.pick, self._model, leaf.field, root)

    def _in_item(self, path: RawPath, items: ArrayOf, leaf: Leaf) -> Read:
        return read_at(items.item, path, self._model, leaf.field, Read(ITEM, ())).read

    def _read(self, path: RawPath, leaf: Leaf, root: Read) -> RawValue:
        return read_at(self._scope.raw, path, self._model, leaf.field, root)

    def _compared(self, leaf: Leaf, source: Comparison) -> Assign:
        if not all(_holds(leaf.field.type, value) for value in (True, False)):
            what = f"`is` gives true or false, and the field {leaf.field.name} does not hold these"
            raise self._error(leaf, "is", what, "accepted: a field of the type boolean")
        raw_value = self.value_at(source.origin, leaf)
        for value in source.values:
            if not _holds(raw_value.type, value):
                raise self._never_held(leaf, "is", value)
        return Assign(leaf.field.name, Compared(raw_value.read, tuple(map(Plain, source.values))))

    def _part(self, leaf: Leaf, source: Piece) -> Assign:
        item = leaf.field
        self._refuse_unless_text(leaf, "part", "a part of a string")
        # Where the field is left out without such a part, that is known before the object is made.
        is_absent = item.optional and source.otherwise is None and not is_nullable(item.type)
        raw_value = self.value_at(source.origin, leaf, for_variable=is_absent)
        if widened(without_null(raw_value.type)) not in (_TEXT, _ANY):
            what = "only a string has parts, and the raw type has something else there"
            raise self._error(leaf, "part", what, "name the path of a string")
        part = Part(raw_value.read, source.which, source.separator, None)
        if source.otherwise is not None:
            return Assign(item.name, replace(part, empty=Plain(source.otherwise)))
        if is_nullable(item.type):
            return Assign(item.name, replace(part, empty=Plain(None)))
        if is_absent:
            read = Read(self._scope.variable("-".join(leaf.steps), part), ())
            return Assign(item.name, read, when=read)
        return Assign(item.name, replace(part, empty=Plain("")))

    def _dated(self, leaf: Leaf, source: Date) -> Assign:
        target = without_null(leaf.field.type)
        if target not in (_TEXT, Primitive("Date")):
            what = f"a date is a date or a string, and the field {leaf.field.name} is neither"
            raise self._error(leaf, "date", what, "accepted: a field of the type date or string")
        raw_value = self.value_at(source.origin, leaf)
        # A string of digits is no date to JavaScript: it has to become a number first.
        is_quoted = widened(without_null(raw_value.type)) == _TEXT and source.form.startswith("epoch")

        def date(safe: RawValue) -> Value:
            return Dated(safe.read, target == _TEXT, source.form == "epoch_seconds", is_quoted)

        return self._conversion.guarded(leaf.field, raw_value, date, source.otherwise)

    def _expression(self, leaf: Leaf, source: Formula) -> Assign:
        # Both bring the parser of TypeScript, which most answers do without.
        from ...typescript.expression import expression_source, free_names
        from ...typescript.expression_result import Result, result_of

        item = leaf.field
        # Of the names in an expression only the status is of a type that is the same for every API.
        result = result_of(source.text, {STATUS: Result("number", "never")})
        misfit = misfit_of(result, item)
        if misfit:
            raise self._error(leaf, "expression", misfit.what, misfit.fix)
        roots = tuple(Read(name, ()) for name in sorted(free_names(source.text)))
        value = Expression(expression_source(source.text), roots)
        is_date = without_null(item.type) == Primitive("Date")
        # A value that may be absent is refused above where the field is required.
        is_present = result.absence == "never" or not (item.optional or is_nullable(item.type))
        is_or_null = result.absence == "null" and is_nullable(item.type)
        if not is_date and (is_present or is_or_null):
            return Assign(item.name, value)
        # What is looked at twice, to see whether it is there and then as the value, goes into a variable.
        read = Read(self._scope.variable("-".join(leaf.steps), value), (), not is_present, undefinable=True)

        def converted(safe: RawValue) -> Value:
            return Convert("date", safe.read) if is_date else safe.read

        return self._conversion.guarded(item, RawValue(read, item.type), converted)

    def _renamed(self, leaf: Leaf, source: Table) -> Assign:
        item = leaf.field
        raw_value = self.value_at(source.origin, leaf, for_variable=True)
        raw = without_null(raw_value.type)
        table = []
        for key, value in source.values:
            self._check(value, leaf, f"values.{key}")
            table.append((self._key(key, raw, leaf), Plain(value)))
        if source.has_default:
            self._check(source.otherwise, leaf, "otherwise")
        unknown = "" if source.has_default else self._unknown(leaf, raw)
        # A value that is passed on may be null, too.
        if unknown == "kept" and raw_value.read.nullable:
            self._refuse_required(leaf)
        renamed = Renamed(
            self._scope.name("-".join(leaf.steps)),
            raw_value.read,
            tuple(table),
            (*self._target, *leaf.steps),
            Plain(source.otherwise) if source.has_default else None,
            unknown,
        )
        return Assign(item.name, *_guarded(renamed, item))

    def _refuse_required(self, leaf: Leaf) -> None:
        item = leaf.field
        if not item.optional and not is_nullable(item.type):
            fix = f"name its value then, or write {item.name}? or {item.name}: ... | null in the model"
            what = f"the raw value of {item.name} may be null, but the field is required"
            raise self._error(leaf, "otherwise", what, fix)

    def _unknown(self, leaf: Leaf, raw: Type) -> str:
        """What becomes of a value that the table lacks, where ``otherwise`` is unset."""
        item = leaf.field
        if without_null(item.type) == _TEXT == widened(raw):
            return "kept"
        if item.optional:
            return "absent"
        if is_nullable(item.type):
            return "null"
        what = f"`otherwise` is unset, but the required field {item.name} needs a value for all others"
        fix = f"name one of the values of {item.name}, or write {item.name}? in the model"
        raise self._error(leaf, "otherwise", what, fix)

    def _joined(self, leaf: Leaf, source: Join) -> Assign:
        item = leaf.field
        self._refuse_unless_text(leaf, "join", "joined strings")
        parts = [self._read(path, leaf, self._scope.root) for path in source.paths]
        if any(widened(without_null(part.type)) != _TEXT for part in parts):
            what = "only strings can be joined, and the raw type has something else there"
            raise self._error(leaf, "join", what, "name paths of strings")
        reads = tuple(part.read for part in parts)
        variable = self._scope.name("-".join(leaf.steps))
        return Assign(item.name, Joined(variable, reads, source.separator, _empty(item)))

    def _key(self, key: str, raw: Type, leaf: Leaf) -> Plain:
        """A key of the table as a value of the raw type."""
        for value in _readings(key):
            if _holds(raw, value):
                return Plain(value)
        raise self._never_held(leaf, f"values.{key}", key)

    def _check(self, value: Any, leaf: Leaf, part: str) -> None:
        if not _holds(leaf.field.type, value):
            what = f"{value!r} is not a value of the field {leaf.field.name}"
            raise self._error(
                leaf, part, what, "accepted: a value of the type that the model gives the field"
            )

    def _never_held(self, leaf: Leaf, part: str, value: Any) -> AnswersError:
        fix = f"accepted: values of the type that responses.{self._model.name} gives it"
        return self._error(leaf, part, f"the raw type never holds {value!r}", fix)

    def _error(self, leaf: Leaf, part: str, what: str, fix: str) -> AnswersError:
        """What is wrong with a part of the mapping of a field."""
        return AnswersError(what, where=f"{self._place_of(leaf.name)}.{leaf.name}.{part}", fix=fix)

    def _refuse_unless_text(self, leaf: Leaf, part: str, what: str) -> None:
        if without_null(leaf.field.type) != _TEXT:
            verb = "is" if what.startswith("a ") else "are"
            what = f"{what} {verb} a string, and the field {leaf.field.name} is not one"
            raise self._error(leaf, part, what, "accepted: a field of the type string")


def _guarded(renamed: Renamed, item: Field) -> tuple[Value, Read | None]:
    """The value of a field, and what must not be null for the field to be set."""
    if renamed.unknown == "absent":
        return renamed, Read(renamed.variable, ())
    if not renamed.of.nullable or renamed.unknown == "null":
        return renamed, None
    if renamed.unknown == "kept":
        # A value that is passed on may be null itself, so the variable decides, not the raw value.
        if item.optional:
            return renamed, Read(renamed.variable, ())
        return replace(renamed, unknown="kept or null"), None
    if is_nullable(item.type):
        return OrElse(renamed.of, renamed), None
    return renamed, renamed.of if item.optional else None


def _empty(item: Field) -> str:
    """What a joined string without any part becomes."""
    if item.optional:
        return "absent"
    return "null" if is_nullable(item.type) else "text"


def _readings(key: str) -> Iterator[str | int | float | bool]:
    """The values that a key of a table may stand for: keys of YAML mappings arrive as strings."""
    yield key
    if key in ("true", "false"):
        yield key == "true"
    try:
        yield int(key)
    except ValueError:
        return


def _holds(of: Type, value: Any) -> bool:
    """Whether a constant is a value of a type."""
    if isinstance(of, UnionOf):
        return any(_holds(member, value) for member in of.members)
    if isinstance(of, Literal):
        return of == Literal(value)
    if not isinstance(of, Primitive):
        return False
    if of.name == "any":
        return True
    # Python's bool is an int, so true would pass as a number.
    return isinstance(value, _KINDS.get(of.name, ())) and isinstance(value, bool) == (of.name == "boolean")
