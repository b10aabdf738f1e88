"""The models of one integration while it is derived: said, already in the project, or made here.

Model names are global to nango.yaml, so a name made here may be taken. A model of the same shape is shared; one of
another shape gets the integration's prefix. A name the user said is never changed: a clash there is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.read import ModelsError, accept_model, read_models
from ...models.types import Model
from ...naming.reserved import is_usable_model_name
from ...naming.words import pascal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ModelData = Mapping[str, Any]
_NAME = re.compile(r"[A-Za-z0-9_]+")


class ModelRegistry:
    """Every model the integration can name.

    Args:
        integration: the integration's key; its Pascal form is the prefix of names already taken.
        said: the models of the answers.
        taken: the models of the project's nango.yaml that are not this integration's own.
        prefixes_all: whether each name made here gets the prefix, taken or not.
    """

    def __init__(
        self,
        integration: str,
        said: Mapping[str, ModelData],
        taken: Mapping[str, ModelData],
        *,
        prefixes_all: bool = False,
    ) -> None:
        self._prefixes_all = prefixes_all
        self.prefix = pascal(integration)
        self._said = dict(said)
        self._taken = dict(taken)
        self._made: dict[str, ModelData] = {}
        self._given: dict[str, str] = {}
        self._read: dict[str, Model] = {}
        self._raw: dict[str, str] = {}

    def check(self, said: Mapping[str, ModelData], root: str) -> None:
        """Refuse models, or raw types, that nango.yaml's language would take for something else.

        Args:
            said: the models of the answers, or the raw types of their ``responses``.
            root: the answer they stand in.

        Raises:
            AnswersError: a type that is none, a field that cannot be one, models that hold each other.
        """
        known = {**self._taken, **self._said, **self._made, **said}
        for name, fields in said.items():
            for problem in accept_model(name, fields, known=known):
                raise AnswersError(
                    problem.what, where=f"{root}.{problem.where}", fix=f"accepted: {problem.fix}"
                )

    def has(self, name: str) -> bool:
        """Whether a model of this name can be used: said, made, or in the project."""
        return name in self._said or name in self._made or name in self._taken

    def own(self, wanted: str) -> str | None:
        """The integration's own model for a wanted name: the said one, or the one made for it earlier."""
        return self.described(wanted) or self._given.get(wanted)

    def described(self, wanted: str) -> str | None:
        """The name under which the answers describe a model that is wanted by this one; None where they do not."""
        names = (wanted, self._with_prefix(wanted)) if self._prefixes_all else (wanted,)
        return next((name for name in names if name in self._said), None)

    def data(self, name: str) -> ModelData:
        """A model's fields as nango.yaml data, those of the models it extends among them; empty for an unknown one."""
        return self._flat(name, ())

    def model(self, name: str) -> Model:
        """The model of this name, read as the CLI reads it; it must be one that ``has`` knows.

        Raises:
            ProjectError: the project's own models, as far as this one needs them, cannot be read.
        """
        if name not in self._read:
            needed = self._needed(name)
            try:
                read = read_models(needed)
            except ModelsError as error:
                if any(each not in self._said and each in self._taken for each in needed):
                    raise
                raise AnswersError(error.what, where=f"models.{error.where}", fix=error.fix) from None
            self._read[name] = next(
                model for model in read if isinstance(model, Model) and model.name == name
            )
        return self._read[name]

    def make(self, name: str, fields: ModelData, *, fixed: bool = False) -> str:
        """Add a derived model and give the name it got.

        Args:
            name: the name wanted, PascalCase.
            fields: its fields as nango.yaml data.
            fixed: the user chose the name, of a model that is nowhere described; it is not changed.
        """
        for candidate in [name] if fixed else self._candidates(name):
            current = self._lookup(candidate)
            free = current is None or current == dict(fields)
            if fixed or (free and is_usable_model_name(candidate) and candidate not in self._raw):
                if candidate not in self._said:
                    self._made.setdefault(candidate, dict(fields))
                self._given[name] = candidate
                return candidate
        raise AssertionError("the candidates are without end")

    def raw_name(self, wanted: str, owner: str) -> str:
        """A name for a raw type that no model and no other raw type has; the same for the same owner."""
        for candidate in self._numbered(wanted):
            holder = self._raw.get(candidate)
            if holder == owner or (holder is None and not self.has(candidate)):
                self._raw[candidate] = owner
                return candidate
        raise AssertionError("the candidates are without end")

    def written(self) -> dict[str, ModelData]:
        """The models that belong in nango.yaml for this integration, in writing order."""
        return {**self._said, **self._made}

    def _lookup(self, name: str) -> ModelData | None:
        for source in (self._said, self._made, self._taken):
            if name in source:
                return dict(source[name])
        return None

    def _flat(self, name: str, under_way: tuple[str, ...]) -> dict[str, Any]:
        """Own fields first; of the parents', those that are not there yet. The first parent wins."""
        fields = dict(self._lookup(name) or {})
        parents = fields.pop("__extends", "")
        for parent in map(str.strip, str(parents).split(",")):
            if parent and parent not in under_way:
                there = {str(key).removesuffix("?") for key in fields}
                inherited = self._flat(parent, (*under_way, name))
                fields.update({k: v for k, v in inherited.items() if str(k).removesuffix("?") not in there})
        return fields

    def _needed(self, name: str) -> dict[str, ModelData]:
        """A model and all that it names, directly or not: reading a whole large project for each would be slow."""
        found: dict[str, ModelData] = {}
        pending = [name]
        while pending:
            current = pending.pop()
            fields = None if current in found else self._lookup(current)
            if fields is not None:
                found[current] = fields
                pending.extend(_names_in(fields))
        return found

    def _candidates(self, name: str) -> Iterable[str]:
        if not self._prefixes_all:
            yield name
        yield from self._numbered(self._with_prefix(name))

    def _with_prefix(self, name: str) -> str:
        rest = name.removeprefix(self.prefix)
        has_prefix = rest != name and not rest[:1].islower()
        return name if has_prefix else f"{self.prefix}{name}"

    @staticmethod
    def _numbered(name: str) -> Iterator[str]:
        yield name
        yield from (f"{name}{number}" for number in count(2))


def _names_in(data: Any) -> Iterator[str]:
    """Every word in the values of model data: some are names of models."""
    if isinstance(data, str):
        yield from _NAME.findall(data)
    elif isinstance(data, (Mapping, list, tuple)):
        for value in data.values() if isinstance(data, Mapping) else data:
            yield from _names_in(value)
