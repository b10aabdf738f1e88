"""The models of a nango.yaml as the nango CLI 0.69.36 reads them.

The CLI's reading is forgiving where one would want an error, and this is the same reading: an unknown word becomes
a string literal, a word that starts with digits is cut to the number, ``?`` is lost on plain YAML values. For
models of answers, ``accept_model`` says what to write instead.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import ProjectError
from ..frozen import frozen
from ..yaml12.scalars import js_key
from .types import Alias, ArrayOf, Field, Literal, Model, ObjectOf, Primitive, Type, UnionOf
from .words import MAX_DEPTH, depth, is_syntax_error, js_number, read_word

_PLAIN_NAME = re.compile(r"[a-zA-Z0-9_]+")
_NOT_IN_ALIAS = re.compile(r"[^A-Za-z0-9_]")
_ARRAY_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")


class ModelsError(ProjectError):
    """The models cannot be read: the CLI would refuse the file, or crash on it."""


def read_models(
    models: Mapping[str, Any] | None, integrations: Mapping[str, Any] | None = None
) -> tuple[Model | Alias, ...]:
    """Read the ``models`` of a nango.yaml.

    Args:
        models: the data below ``models:``, as a YAML 1.2 parser gives it.
        integrations: the data below ``integrations:``; an input or output there that names a type and no model
            becomes an alias (``Anonymous_...``), as in the CLI's models.ts.

    Returns:
        Models and aliases in the order of the CLI's models.ts: a model stands after those it refers to, unless
        they refer to each other.

    Raises:
        ModelsError: the CLI refuses these models; ``where`` names the model and field.
    """
    reader = _Reader({js_key(name): fields for name, fields in (models or {}).items()})
    try:
        order = reader.read_all()
        aliases = _aliases(integrations or {}, reader)
    except RecursionError:
        # Each model that another one extends is read inside of it; nothing else here goes deeper than MAX_DEPTH.
        raise ModelsError("the models extend each other in too long a row", where="models") from None
    return (*(Model(name, reader.shapes[name]) for name in order), *aliases)


def read_type(data: Any, models: Iterable[str] = ()) -> Type:
    """The type one field's value stands for, given the names of the models there are.

    Raises:
        ModelsError: the CLI refuses the value.
    """
    return _Reader({name: {} for name in models}).value(data, "")


def js_order(keys: Mapping[str, Any]) -> list[str]:
    """Keys in the order JavaScript enumerates them: array indexes, which end at 2**32 - 2, first and by size."""
    indexes = [key for key in keys if _ARRAY_INDEX.fullmatch(key) and int(key) < 2**32 - 1]
    # Hardly any file has such a key, and every mapping in it comes here.
    return list(dict.fromkeys((*sorted(indexes, key=int), *keys))) if indexes else list(keys)


@frozen
class _Mention:
    """A model named while another is read."""

    model: str
    extended: bool


class _Reader:
    """One reading of a file's models."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.shapes: dict[str, ObjectOf] = {}
        self.mentions: dict[str, list[_Mention]] = {}
        self.mentioned: list[_Mention] = []  # in the model that is being read

    def read_all(self) -> list[str]:
        """Read all models; give their names in the CLI's order: each after those it names, circles apart."""
        order: dict[str, None] = {}
        for name in js_order(self.raw):
            self._read_from(name, order)
        return list(order)

    def _read_from(self, name: str, order: dict[str, None]) -> None:
        """Read a model and all that it names, depth first; each enters the order when all that it names is read."""
        # A stack of its own: models may name each other in a longer row than Python's recursion goes.
        open_: dict[str, Iterator[_Mention]] = {}
        self._open(_Mention(name, extended=False), open_, order)
        while open_:
            current = next(reversed(open_))
            mention = next(open_[current], None)
            if mention is None:
                del open_[current]
                order[current] = None
            else:
                self._open(mention, open_, order)

    def _open(
        self, mention: _Mention, open_: dict[str, Iterator[_Mention]], order: Mapping[str, None]
    ) -> None:
        """Read a model that is neither read nor being read."""
        # Models may name each other in a circle, but none can have the fields of one that is not known yet.
        if mention.extended and mention.model in open_:
            raise _endless(mention.model, next(reversed(open_)))
        if mention.model not in order and mention.model not in open_:
            open_[mention.model] = iter(self.read_model(mention.model))

    def read_model(self, name: str) -> list[_Mention]:
        """Read one model, and those it extends; give the models it names."""
        if name in self.shapes:
            return self.mentions[name]
        # Mentions without a shape are those of a model that is being read further out.
        if name in self.mentions:
            raise _endless(name, name)
        outer, self.mentioned = self.mentioned, []
        self.mentions[name] = self.mentioned
        self.shapes[name] = self.members(self.body(name), name)
        self.mentioned = outer
        return self.mentions[name]

    def body(self, name: str) -> Mapping[Any, Any]:
        """The data of a model, which must be a mapping."""
        fields, where = self.raw[name], f"models.{name}"
        if not _PLAIN_NAME.fullmatch(name):
            raise ModelsError(
                f"{name!r} cannot be a model's name", where=where, fix="letters, digits and _ only"
            )
        if not isinstance(fields, Mapping):
            raise ModelsError(
                "a model must be a mapping of its fields", where=where, fix="field: type, one a line"
            )
        if depth(fields) > MAX_DEPTH:
            raise ModelsError(f"the fields nest deeper than {MAX_DEPTH} levels", where=where)
        return fields

    def is_model(self, name: str, *, extended: bool = False) -> bool:
        """Whether ``name`` is a model, which is noted as mentioned; one without a body (null) does not count."""
        if self.raw.get(name) is None:
            return False
        self.mentioned.append(_Mention(name, extended))
        return True

    def members(self, data: Mapping[Any, Any], place: str) -> ObjectOf:
        fields: dict[str, Field] = {}
        index: Type | None = None
        entries = {js_key(key): value for key, value in data.items()}
        for key in js_order(entries):
            name = key.removesuffix("?")
            value, here = entries[key], f"{place}.{name}"
            optional = name != key
            if name == "__extends":
                index = self.extend(fields, value, here) or index
            elif name == "__string":
                type_ = self.value(value, here)
                # The CLI makes no index signature optional, but lets it hold undefined.
                index = UnionOf((type_, Primitive("undefined"))) if optional else type_
            else:
                # On plain YAML values the CLI forgets the `?`.
                is_optional = optional and not _is_scalar(value)
                fields[name] = Field(name, self.value(value, here), is_optional)
        return ObjectOf(tuple(fields.values()), index)

    def extend(self, fields: dict[str, Field], parents: Any, place: str) -> Type | None:
        """Add the fields that only the parents have; give the index signature of the last parent that has one."""
        if not isinstance(parents, str):
            raise ModelsError("__extends must be one text", where=place, fix="__extends: A, B")
        index: Type | None = None
        for parent in map(str.strip, parents.split(",")):
            if not self.is_model(parent, extended=True):
                raise ModelsError(f"there is no model {parent!r} to extend", where=place)
            self.read_model(parent)
            for field in self.shapes[parent].fields:
                fields.setdefault(field.name, field)
            index = self.shapes[parent].index or index
        return index

    def value(self, value: Any, place: str) -> Type:
        if isinstance(value, str):
            return self.text(value, place)
        if value is None or isinstance(value, bool):
            return Literal(value)
        if isinstance(value, (int, float)):
            return Literal(js_number(value))
        if isinstance(value, Mapping):
            return self.members(value, place)
        if isinstance(value, (list, tuple)):
            return _list_of([self.value(item, f"{place}[{position}]") for position, item in enumerate(value)])
        if isinstance(value, (datetime.date, bytes)):
            return ObjectOf(())  # an object without properties of its own, to the CLI
        raise ModelsError(f"{value!r} is not a type", where=place)

    def text(self, text: str, place: str) -> Type:
        if "|" not in text:
            return self.word(text, place)
        return UnionOf(tuple(self.word(part.strip(), place) for part in text.split("|")))

    def word(self, word: str, place: str) -> Type:
        if is_syntax_error(word):
            raise ModelsError(f"{word!r} is not a type the CLI can read", where=place)
        return read_word(word, self.is_model)


def _endless(parent: str, model: str) -> ModelsError:
    return ModelsError(
        f"{parent!r} is extended while it is still being read: the CLI crashes on it",
        where=f"{model}.__extends",
        fix="the fields themselves, in place of __extends",
    )


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float))


def _list_of(items: list[Type]) -> ArrayOf:
    """A YAML list: an array whose items are any of the types in it; the CLI joins unions inside."""
    members: list[Type] = []
    for item in items:
        members.extend(item.members if isinstance(item, UnionOf) else [item])
    return ArrayOf(members[0] if len(members) == 1 else UnionOf(tuple(members)))


# --- inputs and outputs that name a type --------------------------------------------------------------------


def _aliases(integrations: Mapping[str, Any], reader: _Reader) -> tuple[Alias, ...]:
    aliases: dict[str, Alias] = {}
    for integration, kind, script, body in _scripts(integrations):
        for role, data in _inputs_and_outputs(kind, body):
            # The CLI makes no alias of what has a name already.
            if not data or (isinstance(data, str) and data in reader.shapes):
                continue
            name = alias_name(integration, kind, script, role)
            type_ = reader.value(data, f"{integration}.{kind}s.{script}.{role}")
            aliases[name] = Alias(name, type_)
    return tuple(aliases.values())


def alias_name(integration: str, kind: str, script: str, role: str) -> str:
    """The name that the CLI gives to an input or output that names a type and no model.

    >>> alias_name("my-app", "action", "create-items", "input")
    'Anonymous_myapp_action_createitems_input'
    """
    parts = (_NOT_IN_ALIAS.sub("", text) for text in (integration, kind, script))
    return "_".join(("Anonymous", *parts, role))


def _inputs_and_outputs(kind: str, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The outputs and the input of a script, each with its role."""
    output = body.get("output")
    # Without an output the CLI leaves such a sync out, input and all.
    if kind == "sync" and not output:
        return
    for data in output if isinstance(output, list) else [output]:
        yield "output", data
    yield "input", body.get("input")


def _scripts(integrations: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Integration, ``sync`` or ``action``, name and body of every script, in the CLI's order."""
    for integration, entry in _in_order(integrations):
        for kind in ("sync", "action"):
            scripts = entry.get(f"{kind}s")
            if isinstance(scripts, Mapping):
                yield from ((integration, kind, script, body) for script, body in _in_order(scripts))


def _in_order(data: Mapping[Any, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    entries = {js_key(key): value for key, value in data.items()}
    return [(key, entries[key]) for key in js_order(entries) if isinstance(entries[key], Mapping)]
