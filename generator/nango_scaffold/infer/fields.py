"""From a shape to the fields of a model: the most telling ones, in nango.yaml's model language, nothing of them untyped."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from ..frozen import frozen
from ..models.accept import accept_model
from .names import enum_type, field_name, model_name
from .records import is_one_step
from .shape import List, Map, Object, Property, Scalar, Shape, Union, either, object_in, without_blank

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from .shape import CutReason

Path = tuple[str, ...]
Direction = Literal["output", "input"]

_MOST_MODELS = 4
"""Members of a union that stay models of their own; more are merged into one object."""
_MOST_IN_MEMBER = 30
_LINKS = ("_url", "_urls", "Url", "_link", "_links", "Links", "_uri", "href")
_REASONS: Mapping[CutReason, str] = {
    "depth": "deeper than the models go",
    "recursion": "a record within itself",
    "untyped": "of no type that is known",
    "null": "seen only as null",
    "empty": "seen only empty",
    "reference": "behind a reference that leads nowhere",
    "mixed": "of several kinds",
}


@frozen
class Selection:
    """Which fields a model is to have.

    Attributes:
        depth: how many objects stand inside each other, the record being the first.
        most: fields of a model, those inside its objects counted.
        paths: the only ones to take, such as ``user.login``; empty for the most telling.
    """

    depth: int = 2
    most: int = 150
    paths: tuple[str, ...] = ()


@frozen
class ModelFields:
    """The fields of a model.

    Attributes:
        fields: in nango.yaml's model language.
        models: further models that they name.
        mapping: field <- path in the record, where the two differ.
        notes: what is not in them, or not as it was stated, a sentence each.
    """

    fields: Mapping[str, Any]
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def model_fields(
    record: Object,
    selection: Selection,
    *,
    direction: Direction = "output",
    prefix: str = "",
    name: str = "",
    known: Mapping[str, Mapping[str, Any]] | None = None,
    exact: bool = False,
) -> ModelFields:
    """The fields of a model for records of a shape.

    Args:
        record: the shape.
        selection: how many fields, and which.
        direction: of a response, or of a request body.
        prefix: the provider's name, with which further models begin; without one, unions are merged.
        name: of the model itself, for records that hold their like.
        known: models that are there, whose names no other model can have.
        exact: whether no mapper reaches the records, so that null stays a value.
    """
    writer = _Writer(record, selection, direction, prefix, name)
    writer.known = known or {}
    fields = writer.member(record) if exact else writer.fields(record, ())
    return ModelFields(fields, writer.models, writer.mapping, tuple(writer.all_notes()))


class _Writer:
    """Writes one model, and notes what it leaves out."""

    def __init__(self, record: Object, selection: Selection, direction: Direction, prefix: str, name: str):
        self.record, self.direction, self.prefix, self.name = record, direction, prefix, name
        # One level below what is named, which may be an object.
        steps = [path.count(".") + 2 for path in selection.paths]
        self.depth = max(selection.depth, *steps) if steps else selection.depth
        self.known: Mapping[str, Mapping[str, Any]] = {}
        self.models: dict[str, Mapping[str, Any]] = {}
        self.mapping: dict[str, str] = {}
        self.lists: set[Path] = set()
        self.notes: list[str] = []
        self.cut: dict[str, list[str]] = {}
        self.paths = {path for path, _ in self.selected(selection)}

    def all_notes(self) -> Iterator[str]:
        yield from dict.fromkeys(self.notes)
        for reason, paths in self.cut.items():
            yield f"left out, {reason}: {listed(paths)}"

    def selected(self, selection: Selection) -> list[tuple[Path, Property]]:
        """The fields that hold a value of their own, the most telling of them."""
        leaves = list(self.leaves(self.record, ()))
        if selection.paths:
            return self.named_leaves(leaves, selection.paths)
        links = [path for path, _ in leaves if len(path) > 1 and _is_link(path[-1])]
        for path in links:
            self.leave_out(path, "links inside objects")
        leaves = [leaf for leaf in leaves if leaf[0] not in links]
        # The nearest to the top tell most, links least; what is always there is likelier to be of use.
        leaves.sort(key=lambda leaf: (len(leaf[0]), _is_link(leaf[0][-1]), not leaf[1].required))
        for path, _ in leaves[selection.most :]:
            self.leave_out(path, f"beyond {selection.most} fields")
        return leaves[: selection.most]

    def named_leaves(
        self, leaves: list[tuple[Path, Property]], paths: tuple[str, ...]
    ) -> list[tuple[Path, Property]]:
        """Those that were named, or are inside what was; the others are left out without a word."""
        # What was noted while the leaves were collected is about fields that nobody asked for.
        self.cut.clear()
        named = [leaf for leaf in leaves if _is_named(leaf[0], paths)]
        for path in paths:
            if not any(_is_named(leaf, (path,)) for leaf, _ in named):
                self.leave_out((path,), "not among the fields")
        return named

    def leaves(self, of: Object, path: Path) -> Iterator[tuple[Path, Property]]:
        for entry in self.properties(of):
            here = (*path, entry.name)
            inner = object_in(entry.shape)
            # A record within a record has the model itself for its type, and no fields to select.
            if inner is None or self.is_like_record(inner):
                yield here, entry
            elif len(here) < self.depth:
                yield from self.leaves(inner, here)
            else:
                self.leave_out(here, _REASONS["depth"])

    def properties(self, of: Object) -> Iterator[Property]:
        """Those of the direction that the model is for."""
        for entry in of.properties:
            if not (entry.read_only if self.direction == "input" else entry.write_only):
                yield entry

    def is_like_record(self, shape: Shape) -> bool:
        is_same = bool(shape.source) and shape.source == self.record.source and bool(self.record.name)
        return is_same and bool(self.name)

    def leave_out(self, path: Path, reason: str) -> None:
        self.cut.setdefault(reason, []).append(".".join(path))

    def fields(self, of: Object, path: Path) -> dict[str, Any]:
        """The fields of the record, or of an object in it."""
        fields: dict[str, Any] = {}
        for entry in self.properties(of):
            here = (*path, entry.name)
            if not self.is_selected(here, entry):
                continue
            type_ = self.type(entry.shape, here)
            name = self.field(entry.name, here) if type_ is not None else ""
            # Properties may differ by what a field's name cannot have: the first of them has the name.
            if name and name not in fields and f"{name}?" not in fields:
                is_optional = not entry.required or entry.shape.nullable or self.is_like_record(entry.shape)
                fields[f"{name}?" if is_optional else name] = type_
        return fields

    def is_selected(self, path: Path, entry: Property) -> bool:
        if path in self.paths:
            return True
        # An object is there for the fields in it.
        return object_in(entry.shape) is not None and any(other[: len(path)] == path for other in self.paths)

    def field(self, key: str, path: Path) -> str:
        """The field for a property; a name that starts with a digit is mapped, where a mapping reaches."""
        name = field_name(key)
        if name and name != key:
            own, source = ".".join((*path[:-1], name)), ".".join(path)
            if self.is_reached(path):
                self.mapping[own] = source
                self.notes.append(f"{source} is called {own}, as no name may start with a digit")
                return name
            name = ""
        if not name:
            self.notes.append(f"left out: {key!r}, which cannot be a field's name")
        return name

    def is_reached(self, path: Path) -> bool:
        """Whether a mapping can name a path: not inside a list, nor below a name that has been changed."""
        is_in_list = any(path[:length] in self.lists for length in range(1, len(path)))
        is_renamed = any(field_name(step) != step for step in path[:-1])
        return not is_in_list and not is_renamed and all(map(is_one_step, path))

    def type(self, shape: Shape, path: Path, *, exact: bool = False) -> Any:
        """The type of a value; None where it has none that the model language can say.

        With ``exact`` null is a value of its own: where no mapper reaches that leaves it out.
        """
        type_ = self.plain_type(shape, path, exact=exact)
        if exact and shape.nullable and isinstance(type_, str):
            return f"{type_} | null"
        return type_

    def plain_type(self, shape: Shape, path: Path, *, exact: bool) -> Any:
        shape = without_blank(shape)
        if isinstance(shape, Scalar):
            return self.scalar_type(shape, path)
        if isinstance(shape, List):
            return self.list_type(shape, path, exact=exact)
        if isinstance(shape, Map):
            value = self.type(shape.value, path, exact=True)
            return None if value is None else {"__string": value}
        if isinstance(shape, Object):
            return self.object_type(shape, path, exact=exact)
        if isinstance(shape, Union):
            return self.union_type(shape, path, exact=exact)
        if self.is_like_record(shape):
            return self.name
        self.leave_out(path, _REASONS[shape.reason])
        return None

    def object_type(self, shape: Object, path: Path, *, exact: bool) -> Any:
        if self.is_like_record(shape):
            return self.name
        fields = self.member(shape) if exact else self.fields(shape, path)
        if not fields:
            self.leave_out(path, "of no fields that are known")
        return fields or None

    def scalar_type(self, shape: Scalar, path: Path) -> str:
        plain = shape.plain_kind
        if not shape.words or shape.kind == "boolean":
            return plain
        type_ = enum_type(shape.words)
        if not type_:
            self.notes.append(f"{'.'.join(path)} is a {plain}: nango.yaml cannot list all its values")
        return type_ or plain

    def list_type(self, shape: List, path: Path, *, exact: bool) -> Any:
        """The type of a list; YAML's list form where ``[]`` behind one word cannot say it."""
        self.lists.add(path)
        item = self.type(shape.item, path, exact=exact)
        if item is None:
            return None
        if not isinstance(item, str) or item.endswith("[]"):
            return self.list_of(item, shape, path)
        members = item.split(" | ")
        if shape.item.nullable and "null" not in members:
            members.append("null")
        if len(members) > 1:
            return members
        # A single value before [] would be taken for the name of a model.
        if isinstance(shape.item, Scalar) and shape.item.words:
            return f"{shape.item.plain_kind}[]"
        return f"{item}[]"

    def list_of(self, item: Any, shape: List, path: Path) -> Any:
        """A list of objects or of lists, among which no null can stand."""
        if shape.item.nullable:
            self.leave_out(path, "a list with null among objects or lists")
            return None
        return [item]

    def union_type(self, shape: Union, path: Path, *, exact: bool) -> Any:
        scalars = [member for member in shape.members if isinstance(member, Scalar)]
        records = [member for member in shape.members if isinstance(member, Object)]
        if scalars:
            # What is a text or an object is an id, in whose place an API may send the whole record when asked to.
            if len(scalars) < len(shape.members):
                kinds = " or ".join(dict.fromkeys(scalar.kind for scalar in scalars))
                self.notes.append(f"{'.'.join(path)} is read as {kinds}; it can be an object or a list")
            return self.scalar_union(scalars, path)
        if len(records) < len(shape.members):
            return self.several(shape, path, exact=exact)
        named = self.named(records)
        if named:
            return " | ".join(named)
        self.notes.append(f"{'.'.join(path)} holds one of several objects: their fields are all optional")
        return self.object_type(either(records), path, exact=True)

    def scalar_union(self, scalars: Iterable[Scalar], path: Path) -> str:
        """Values of several kinds; beside a type, the values of an enum cannot be listed."""
        types = dict.fromkeys(self.scalar_type(member, path) for member in scalars)
        text = " | ".join(types)
        # A type beside the values of an enum would be read as one of them, or the other way round.
        if not accept_model("Model", {"field": text}):
            return text
        return " | ".join(dict.fromkeys(member.plain_kind for member in scalars))

    def several(self, shape: Union, path: Path, *, exact: bool) -> Any:
        """Lists, maps and objects at once: the first of them that has a type, where the others are a list of it."""
        first = shape.members[0]
        if all(isinstance(member, List) and member.item == first for member in shape.members[1:]):
            return self.type(first, path, exact=exact)
        self.leave_out(path, _REASONS["mixed"])
        return None

    def named(self, records: list[Object]) -> list[str]:
        """The models for the members of a union; none where they cannot be models of their own."""
        if not self.prefix or len(records) > _MOST_MODELS or not all(record.name for record in records):
            return []
        # nango.yaml has no union of objects that are written inline.
        models = {model_name(self.prefix, record.name): self.member(record) for record in records}
        is_usable = all(models.values()) and len(models) == len(records)
        if not is_usable or not self.is_free(models):
            return []
        self.models.update(models)
        return list(models)

    def is_free(self, models: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether no other model has one of these names."""
        known = {**self.known, **self.models}
        is_same = all(known.get(name, fields) == fields for name, fields in models.items())
        return is_same and self.name not in models

    def member(self, record: Object) -> dict[str, Any]:
        """The plain fields of an object that no mapper reaches."""
        fields: dict[str, Any] = {}
        for entry in self.properties(record):
            name = field_name(entry.name)
            value = entry.shape.item if isinstance(entry.shape, List) else entry.shape
            is_plain = isinstance(value, Scalar)
            # A name that has to be changed would need a mapping.
            if is_plain and name == entry.name and len(fields) < _MOST_IN_MEMBER:
                type_ = self.type(entry.shape, (entry.name,), exact=True)
                fields[name if entry.required else f"{name}?"] = type_
        return fields


def usable(name: str, fields: Mapping[str, Any], known: Collection[str]) -> tuple[dict[str, Any], list[str]]:
    """The fields without those that nango.yaml would misread, and the names of those."""
    places = [problem.where for problem in accept_model(name, fields, known=known) if "." in problem.where]
    # `Model.field.inner` and `Model.field[0]` are problems of the field.
    misread = {place.split(".")[1].split("[")[0] for place in places}
    fields = {key: value for key, value in fields.items() if key.removesuffix("?") not in misread}
    return fields, sorted(misread)


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a sentence, some of them where there are many."""
    names = list(dict.fromkeys(names))
    more = f", and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def _is_named(path: Path, paths: Iterable[str]) -> bool:
    """Whether a field is one of those that were named, or inside one."""
    text = ".".join(path)
    return any(text == name or text.startswith(f"{name}.") for name in paths)


def _is_link(name: str) -> bool:
    return name.endswith(_LINKS) and name != "html_url"
