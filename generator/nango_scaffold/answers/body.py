"""A request body as a tree: any JSON, whose strings may hold placeholders, with objects spread into its mappings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ..frozen import frozen
from .shapes import Scalar, below, shown, text_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACCEPTED = "accepted: a string, a number, true, false, null, or a list or mapping of these"
_LONGEST_NAME = 200
SPREAD = "..."
"""The name of what is spread into a mapping: ``...: input``."""
_UNUSABLE = {
    "": "a name is empty",
    "__proto__": "JavaScript gives this name to what an object inherits from, and Nango drops it",
}


@frozen
class Body:
    """A mapping by name of anything that JSON can hold; ``or_list``: or a list."""

    or_list: bool = False

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if isinstance(value, Mapping) or (self.or_list and isinstance(value, (list, tuple))):
            yield from _value_problems(value, where)
        else:
            yield Problem(
                where, f"{shown(value)} is not a mapping", "accepted: a mapping such as { status: open }"
            )

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": ["object", "array"] if self.or_list else "object"}


def _value_problems(value: Any, where: str) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        yield from _mapping_problems(value, where)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _value_problems(item, f"{where}[{index}]")
    elif value is not None and (wrong := next(Scalar().problems(value, where), None)):
        yield Problem(wrong.where, wrong.what, _ACCEPTED)


def _mapping_problems(value: Mapping[Any, Any], where: str) -> Iterator[Problem]:
    for name, item in value.items():
        why = text_problem(name, _LONGEST_NAME) or _UNUSABLE.get(name, "")
        if why:
            yield Problem(below(where, name), why, "accepted: names that are strings; put others in quotes")
        elif name == SPREAD and not isinstance(item, str):
            yield Problem(
                below(where, name),
                f"{shown(item)} is no object that can be spread",
                "accepted: the name of one, such as `...: input` or `...: input.address`",
            )
        else:
            yield from _value_problems(item, below(where, name))
