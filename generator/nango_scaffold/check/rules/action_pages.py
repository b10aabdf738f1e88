"""Actions that list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.values import object_literal
from ..model_data import fields_of, models_in
from ..rule import EntryRule
from .paging import is_documented_as_all, may_paginate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..entries import Entry
    from ..finding import Finding
    from ..model_data import Field
    from ..script import Script
    from ..tree import Tree

_PLACES = tuple("cursor page offset after before token next skip start more link url".split())
_LIST_NAMES = ("list-", "search-", "find-all-", "get-all-", "fetch-all-")
_DESCRIPTIONS = ("fields", "properties", "columns", "schemas", "metadata", "models", "types", "options")
_COUNTS = ("total", "count", "size", "success")
_SIZES = frozenset(
    "limit per_page page_size pageSize perPage maxResults max_results $top cursor offset".split()
)


class ListTakesAndGivesACursor(EntryRule):
    """An action that lists one page takes a ``cursor`` and returns the ``next_cursor``.

    Without them the caller can never get the second page.
    """

    id = "A05"
    level = "note"
    kinds: ClassVar = ("action",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        output, query = _output_with_list(entry), _input_fields(entry)
        if not output or query is None:
            return
        # A cursor on one side tells that the action pages, and so what is missing on the other.
        asks = _gives_one_page(tree.script(entry.script), output, tree)
        gives = _has(output, "cursor", "next_cursor", "nextCursor")
        takes = _has(query, "cursor")
        if (asks or gives) and not _has_place(query):
            message = f"The action {entry.name} lists a page and takes no cursor in its input."
            yield self.finding(tree.yaml, entry.span("input"), message)
        if (asks or takes) and not _has_place(output):
            message = f"The action {entry.name} lists a page and gives no next_cursor in its output {entry.outputs[0]}."
            yield self.finding(tree.yaml, entry.span("output"), message)


def _output_with_list(entry: Entry) -> tuple[Field, ...] | None:
    """The fields of the output, where that is known and a list of objects is among them; else None."""
    output = fields_of(entry.document, entry.outputs[0]) if len(entry.outputs) == 1 else None
    return output if output and any(_lists_objects(entry, field) for field in output) else None


def _input_fields(entry: Entry) -> tuple[Field, ...] | None:
    """The fields of the input; None when they are not known."""
    return fields_of(entry.document, entry.input) if entry.input else ()


def _gives_one_page(script: Script | None, output: tuple[Field, ...], tree: Tree) -> bool:
    """Whether the script of an action asks for one page of a list."""
    return script is not None and (_asks_for_a_page(script) or _lists(script, output, tree))


def _lists(script: Script, output: tuple[Field, ...], tree: Tree) -> bool:
    """Whether an action gives what one GET request lists of a provider that pages, and nothing says that this is all."""
    name = script.path.rpartition("/")[2].removesuffix(".ts")
    is_list = name.startswith(_LIST_NAMES) or all(_is_list_or_count(field) for field in output)
    if not is_list or name.endswith(_DESCRIPTIONS) or not _asks_once(script):
        return False
    # That a provider pages shows where another script of the integration turns its pages.
    others = [other for other in tree.scripts if other.integration == script.integration]
    return any(call.method == "paginate" for other in others for call in other.calls)


def _asks_once(script: Script) -> bool:
    if not script.syntax.is_whole or script.main is None or may_paginate(script):
        return False
    sent = list(script.requests)
    return len(sent) == 1 and sent[0].method == "get" and not is_documented_as_all(script, sent[0].node)


def _is_list_or_count(field: Field) -> bool:
    is_list = isinstance(field.value, list) or (isinstance(field.value, str) and "[]" in field.value)
    return is_list or any(word in field.name.lower() for word in _COUNTS)


def _lists_objects(entry: Entry, field: Field) -> bool:
    if isinstance(field.value, list):
        return len(field.value) == 1 and isinstance(field.value[0], dict)
    is_list = isinstance(field.value, str) and "[]" in field.value
    return is_list and bool(models_in(entry.document, field.value))


def _has_place(fields: tuple[Field, ...]) -> bool:
    """Whether a field may say where a page begins or ends, whatever it is called, or holds more that is not known."""
    return any(
        field.name.startswith("__")
        or isinstance(field.value, dict)
        or any(word in field.name.lower() for word in _PLACES)
        for field in fields
    )


def _has(fields: tuple[Field, ...], *names: str) -> bool:
    return any(field.name in names for field in fields)


def _asks_for_a_page(script: Script) -> bool:
    """Whether a request of the script itself sets how much it wants at once."""
    if not script.syntax.is_whole or any(call.method == "paginate" for call in script.calls):
        return False
    params = filter(None, (object_literal(config.value("params")) for config in script.configs))
    sets_a_size = any(literal.pairs.keys() & _SIZES for literal in params)
    return [call.method for call in script.requests] == ["get"] and sets_a_size
