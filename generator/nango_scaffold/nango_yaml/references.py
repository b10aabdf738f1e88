"""Who refers to a model by name: other models' fields, the inputs, outputs and endpoints of syncs and actions.

Source: the model grammar of the nango CLI: a type is a name, ``Name[]``, names joined by ``|``, or a list of these;
``__extends`` holds names joined by commas; an endpoint path may hold ``{Name}`` or ``{Name:field}``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .document import SECTIONS, Document

if TYPE_CHECKING:
    from .edits import Path

_WORD_SPLIT = re.compile(r"[|,]")
_IN_PATH = re.compile(r"\{([^}:]+)")
_SCRIPTS = ("syncs", "actions")


class References:
    """Finds the entries of a file that name a model; looks only into those in whose text the name occurs."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def to(self, model: str) -> Iterator[Path]:
        """The paths at which the file refers to a model, the model's own fields included."""
        for section, name in self._candidates(model):
            data = self.document.data[section][name]
            yield from ((section, name, *rest) for rest in mentions(section, data, model))

    def _candidates(self, model: str) -> Iterable[tuple[str, str]]:
        # The text is searched first: most names occur in few of the entries, whose data alone is then walked through.
        starts, names = self._starts
        candidates: dict[tuple[str, str], None] = {}
        word = re.escape(model)  # first, so that it is searched for as plain text
        for match in re.finditer(rf"{word}(?<!\w{word})(?!\w)", self.document.text):
            place = bisect_right(starts, match.start()) - 1
            if place >= 0:
                candidates[names[place]] = None
        return candidates if not self._has_aliases else dict.fromkeys(names)

    @cached_property
    def _has_aliases(self) -> bool:
        """Whether an entry may name a model that does not occur in its own text."""
        return re.search(r"[\s,:\[]\*\S", self.document.text) is not None and "&" in self.document.text

    @cached_property
    def _starts(self) -> tuple[list[int], list[tuple[str, str]]]:
        placed = sorted(
            (pair[0].start_mark.index, (section, name))
            for section in SECTIONS
            for name, pair in self.document.section(section).items()
        )
        return [start for start, _ in placed], [name for _, name in placed]


def mentions(section: str, data: Any, model: str) -> Iterator[Path]:
    """The paths within one integration or one model at which a model is named."""
    if not isinstance(data, Mapping):
        return
    if section == "models":
        yield from ((name,) for name, value in data.items() if model in type_names(value))
        return
    for kind in _SCRIPTS:
        entries = data.get(kind)
        scripts = entries if isinstance(entries, Mapping) else {}
        for name, script in scripts.items():
            if isinstance(script, Mapping):
                yield from ((kind, name, key) for key in _keys_naming(script, model))


def script_models(script: Mapping[str, Any]) -> set[str]:
    """The names that the input, output and endpoint of a sync or action hold."""
    names = {name for key in ("input", "output") for name in type_names(script.get(key))}
    return names | set(_IN_PATH.findall(str(script.get("endpoint"))))


def type_names(value: Any) -> set[str]:
    """Every name in a type: models, built-in types and literals alike."""
    if isinstance(value, str):
        return {word.strip().removesuffix("[]") for word in _WORD_SPLIT.split(value)}
    if isinstance(value, Mapping):
        return {name for item in value.values() for name in type_names(item)}
    if isinstance(value, list):
        return {name for item in value for name in type_names(item)}
    return set()


def _keys_naming(script: Mapping[str, Any], model: str) -> Iterator[str]:
    for key in ("input", "output"):
        if model in type_names(script.get(key)):
            yield key
    if model in _IN_PATH.findall(str(script.get("endpoint"))):
        yield "endpoint"
