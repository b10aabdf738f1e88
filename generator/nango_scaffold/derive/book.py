"""The models of one integration while it is derived: said, already in the project, or made here.

Model names are global to nango.yaml, so a name made here may be taken. A model of the same shape is shared; one of
another shape gets the integration's prefix. A name the user said is never changed: a clash there is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..models.read import accept_model, read_models
from ..models.types import Model
from ..naming.reserved import is_usable_model_name, model_name_problem
from ..naming.words import pascal

if TYPE_CHECKING:
    from collections.abc import Iterable

ModelData = Mapping[str, Any]


class ModelBook:
    """Every model the integration can name.

    Args:
        integration: the integration's key; its Pascal form is the prefix of names already taken.
        said: the models of the answers.
        taken: the models of the project's nango.yaml that are not this integration's own.
    """

    def __init__(
        self, integration: str, said: Mapping[str, ModelData], taken: Mapping[str, ModelData]
    ) -> None:
        self.prefix = pascal(integration)
        self._said = dict(said)
        self._taken = dict(taken)
        self._made: dict[str, ModelData] = {}
        self._given: dict[str, str] = {}
        self._read: dict[str, Model] = {}
        self._check_said()

    def has(self, name: str) -> bool:
        """Whether a model of this name can be used: said, made, or in the project."""
        return name in self._said or name in self._made or name in self._taken

    def is_said(self, name: str) -> bool:
        """Whether the answers describe the model."""
        return name in self._said

    def own(self, wanted: str) -> str | None:
        """The integration's own model for a wanted name: the said one, or the one made for it earlier."""
        return wanted if wanted in self._said else self._given.get(wanted)

    def data(self, name: str) -> ModelData:
        """A model's fields as nango.yaml data; it must be one that ``has`` knows."""
        found = self._lookup(name)
        return {} if found is None else found

    def model(self, name: str) -> Model:
        """The model of this name, read as the CLI reads it; it must be one that ``has`` knows."""
        if name not in self._read:
            everything = {**self._taken, **self._said, **self._made}
            self._read = {model.name: model for model in read_models(everything) if isinstance(model, Model)}
        return self._read[name]

    def make(self, name: str, fields: ModelData, *, fixed: bool = False) -> str:
        """Add a derived model and give the name it got.

        Args:
            name: the name wanted, PascalCase.
            fields: its fields as nango.yaml data.
            fixed: the user chose the name; it must not be changed.

        Raises:
            AnswersError: the name is fixed and cannot be used.
        """
        if fixed:
            self._refuse_bad_name(name)
        for candidate in [name] if fixed else self._candidates(name):
            current = self._lookup(candidate)
            if (current is None or current == dict(fields)) and is_usable_model_name(candidate):
                if candidate not in self._said:
                    self._made.setdefault(candidate, dict(fields))
                self._given[name] = candidate
                return candidate
        raise AnswersError(f"no free name for the model {name}", where="models")

    def written(self) -> dict[str, ModelData]:
        """The models that belong in nango.yaml for this integration, in writing order."""
        return {**self._said, **self._made}

    def _lookup(self, name: str) -> ModelData | None:
        for source in (self._said, self._made, self._taken):
            if name in source:
                return dict(source[name])
        return None

    def _candidates(self, name: str) -> Iterable[str]:
        yield name
        prefixed = name if name.startswith(self.prefix) else f"{self.prefix}{name}"
        yield prefixed
        yield from (f"{prefixed}{number}" for number in range(2, 100))

    def _check_said(self) -> None:
        for name, fields in self._said.items():
            self._refuse_bad_name(name)
            for problem in accept_model(name, fields, known={*self._said, *self._taken}):
                raise AnswersError(problem.what, where=f"models.{problem.where}", fix=problem.fix)

    def _refuse_bad_name(self, name: str) -> None:
        if problem := model_name_problem(name):
            raise AnswersError(
                f"{name!r} cannot be a model's name: {problem}",
                where=f"models.{name}",
                fix=f"a name such as {self.prefix}Record",
            )
