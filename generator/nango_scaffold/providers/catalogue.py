"""Nango's providers.yaml as text: which keys it has, and one entry without parsing the others.

The file has nearly 700 entries and takes a third of a second to parse, one entry a millisecond. Entries begin
at a key in the first column and end before the next one, which YAML guarantees for every file in block style,
multi-line quoted texts that go on in the first column aside. Whatever does not parse as one entry, an alias to
an anchor elsewhere or a file in flow style for instance, is looked up by parsing the whole.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen
from ..yaml12 import Bounds, YamlProblem, compose, load, value_of
from ..yaml12.loader import BOM
from .errors import CatalogueError
from .fields import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_BOUNDS = Bounds(characters=16_000_000, nodes=500_000, depth=60)
_MOST_ENTRIES = 5_000  # the newest has a thousand
_LONGEST_CHAIN = 20  # of aliases; Nango's own are one long
# In single quotes, in double quotes, or plain: not a mark of a document, a comment, a list or a flow mapping.
_KEY = re.compile(
    r"\n(?:'((?:[^'\n]|'')*)'[ \t]*"
    r'|("(?:[^"\\\n]|\\.)*")[ \t]*'
    r"|(?!---|\.\.\.)((?:[^\s#'\"\[\]{},&*!|>%@`?:-]|[-?:](?=\S))[^\n]*?)"
    r"):(?=\s|\Z)"
)
_NAME = re.compile(r"""\n[ \t]+display_name:[ \t]+(?:'([^'\n]*)'|"([^"\\\n]*)"|([^\s'"][^\n]*))""")


@frozen
class Entry:
    """An entry and what it builds on.

    Args:
        own: the entry as it stands in the file.
        base: its alias's target, merged with that one's own target; None when it is no alias, or a dangling one.
    """

    own: Mapping[str, Any]
    base: Mapping[str, Any] | None


def keys(text: str) -> list[str]:
    """All top-level keys in the file's order, each once.

    No YAML is parsed, except for a file with no key in the first column (flow style, JSON).

    Raises:
        CatalogueError: there is no such key, and the file does not parse as a mapping.
    """
    return list(_spans(text)) or list(_composed(text))


def display_names(text: str) -> dict[str, str]:
    """The display name by key, of the entries that have one in plain sight. No YAML is parsed."""
    names = {}
    for key, (start, end) in _spans(text).items():
        match = _NAME.search(text, start, end)
        if match:
            names[key] = next(part for part in match.groups() if part is not None).strip()
    return names


def entry_text(text: str, key: str) -> str | None:
    """The lines of one entry, from its key up to the next key; None when there is no such key.

    A key that stands twice gives the later entry, as YAML loaders that accept it do.
    """
    span = _spans(text).get(key)
    return None if span is None else text[span[0] : span[1]]


def parse_entry(text: str) -> dict[str, Any]:
    """The value of the one entry that `text` holds.

    Raises:
        CatalogueError: `text` does not parse, or is not one key with a mapping.
    """
    entry = _construct(text, None)
    if entry is None:
        raise CatalogueError("one entry was expected")
    return entry


def load_entry(text: str, key: str) -> dict[str, Any] | None:
    """One entry, parsed by itself where that is possible, else with the whole file.

    Raises:
        CatalogueError: neither parses, or the entry is no mapping.
    """
    lines = entry_text(text, key)
    if lines is None and _spans(text):
        return None
    # An entry with an alias to an anchor elsewhere does not parse alone; and an error of the whole names the right line.
    if lines is not None:
        with suppress(CatalogueError):
            return parse_entry(lines)
    return _construct(text, key)


def resolve(text: str, key: str) -> Entry | None:
    """An entry with its alias followed; chains of aliases to their end. None when there is no such key.

    Raises:
        CatalogueError: an entry that does not parse, or aliases that lead in a circle.
    """
    return _followed(key, lambda name: load_entry(text, name))


def entries(text: str) -> Iterator[tuple[str, Entry | None]]:
    """Every entry with its alias followed: the file is parsed once. None for an entry that cannot be used.

    A file that does not parse as a whole is read entry by entry, so one bad entry hides no other.

    Raises:
        CatalogueError: the file holds no providers.
    """
    load: Callable[[str], dict[str, Any] | None]
    try:
        whole: Mapping[str, Any] = _constructed(text)
        load = partial(_entry_of, whole)
    except CatalogueError:
        whole = dict.fromkeys(keys(text))
        # Remembered: many aliases have one target, which would be parsed for each of them.
        load = lru_cache(maxsize=None)(partial(_entry_alone, text))
    for key in whole:
        try:
            yield key, _followed(key, load)
        except CatalogueError:
            yield key, None


def _entry_alone(text: str, key: str) -> dict[str, Any] | None:
    """One entry of a file that does not parse as a whole."""
    lines = entry_text(text, key)
    return None if lines is None else parse_entry(lines)


def _followed(key: str, load: Callable[[str], dict[str, Any] | None]) -> Entry | None:
    """An entry, and what its chain of aliases amounts to."""
    own = load(key)
    if own is None:
        return None
    chain = {key: own}
    entry: dict[str, Any] | None = own
    while entry is not None and isinstance(target := entry.get("alias"), str):
        if len(chain) > _LONGEST_CHAIN:
            raise CatalogueError(f"more than {_LONGEST_CHAIN} aliases lead from one to the next")
        if target in chain:
            raise CatalogueError(f"the aliases {' -> '.join([*chain, target])} lead in a circle")
        entry = load(target)
        if entry is not None:
            chain[target] = entry
    del chain[key]
    if not chain:
        return Entry(own, None)
    base: dict[str, Any] = {}
    # An alias goes over its target, so the end of the chain comes first.
    for entry in reversed(chain.values()):
        base.update(entry)
    base.pop("alias", None)
    return Entry(own, base)


@lru_cache(maxsize=4)
def _spans(text: str) -> Mapping[str, tuple[int, int]]:
    """Where each top-level entry begins and ends, by key; remembered, as one run asks a file many times."""
    marked = int(text.startswith("\ufeff"))
    # Behind a line break that is put before the text, so that a key in the first line is found as any other.
    starts = [(match.start() + marked, _key_of(match)) for match in _KEY.finditer("\n" + text[marked:])]
    _refuse_many(len(starts))
    ends = [*(start for start, _ in starts), len(text)][1:]
    return {key: (start, end) for (start, key), end in zip(starts, ends, strict=True)}


def _key_of(match: re.Match[str]) -> str:
    single, double, plain = match.groups()
    if single is not None:
        return str(single.replace("''", "'"))
    if double is not None:
        return _unescaped(double) if "\\" in double else str(double[1:-1])
    return str(plain.rstrip())


def _unescaped(double: str) -> str:
    try:
        return str(load(double))
    except YamlProblem:
        return double  # whoever asks for it is told that it does not parse


def _construct(text: str, key: str | None) -> dict[str, Any] | None:
    """The mapping under `key`, or under the only key there is when None; None when it is not there.

    Only that value is built; a key is text here, as it is in JavaScript.
    """
    nodes = _composed(text)
    if key is None and len(nodes) == 1:
        key = next(iter(nodes))
    return _checked(key, _value(nodes[key])) if key in nodes else None


def _constructed(text: str) -> dict[str, Any]:
    """All values by key; what they are is not looked at."""
    return {key: _value(node) for key, node in _composed(text).items()}


def _entry_of(whole: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    return _checked(key, whole[key]) if key in whole else None


def _checked(key: str | None, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CatalogueError(f"the entry {shown(key)} is not a mapping")
    return value


def _composed(text: str) -> dict[str, yaml.Node]:
    """The file's values by key, not built yet.

    Raises:
        CatalogueError: it cannot be read, is no mapping, or has a key that is no text.
    """
    try:
        root = compose(text.removeprefix(BOM), _BOUNDS)
    except YamlProblem as problem:
        raise _unreadable(problem) from None
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    if not pairs or not all(isinstance(name, yaml.ScalarNode) for name, _ in pairs):
        raise CatalogueError("it does not hold providers by their keys")
    _refuse_many(len(pairs))
    return {name.value: value for name, value in pairs}


def _value(node: yaml.Node) -> Any:
    try:
        return value_of(node, "integers")
    except YamlProblem as problem:
        raise _unreadable(problem) from None


def _unreadable(problem: YamlProblem) -> CatalogueError:
    """The problem on one line, with its place in the file."""
    return CatalogueError(f"line {problem.line or 1}, column {problem.column or 1}: {problem.reason}")


def _refuse_many(count: int) -> None:
    if count > _MOST_ENTRIES:
        raise CatalogueError(f"it holds {count:,} providers; more than {_MOST_ENTRIES:,} are not read")
