"""The variables of a function that makes a record."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ...frozen import frozen
from ...naming.reserved import is_reserved_word
from ...naming.words import camel
from ...spec.values import PARENT, RECORD, Local

if TYPE_CHECKING:
    from ...models.types import Type
    from ...spec.values import Expression, FirstItem, Part, Read


@frozen
class Scope:
    """The variables of one function, and what its object is made of.

    Attributes:
        raw: the raw type of the record, or of an item of a list.
        root: how that is read.
        names: the variables that there are.
        locals: those that are computed before the object.
    """

    raw: Type
    root: Read
    names: set[str] = field(default_factory=lambda: {RECORD, PARENT})
    locals: list[Local] = field(default_factory=list)

    def name(self, words: str) -> str:
        """A name for a variable that no other variable, item of a list, or mapper has."""
        stem = camel(words)
        candidates = (stem, *(f"{stem}{number}" for number in range(2, 50)))
        name = next(
            word
            for word in candidates
            if word.isidentifier() and word not in self.names and not is_reserved_word(word)
        )
        self.names.add(name)
        return name

    def variable(self, words: str, value: FirstItem | Part | Expression) -> str:
        """The variable that holds a value: one that is there already holds the same value."""
        for local in self.locals:
            if local.value == value:
                return local.variable
        self.locals.append(Local(self.name(words), value))
        return self.locals[-1].variable
