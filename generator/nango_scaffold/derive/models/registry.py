"""The models of one integration during its derivation: described in the answers, in the project, or derived.

Model names are global to nango.yaml, so the name of a derived model may be in use. A model of the same shape is shared;
one of another shape gets the integration's prefix. A name from the answers is never changed: a clash there is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.reader import ModelsError, read_models
from ...models.types import Model, ObjectOf, Primitive, Ref, Type
from ...models.walk import children
from ...naming.reserved import is_usable_model_name
from ...naming.words import pascal

if TYPE_CHECKING:
    from collections.abc import Iterator

ModelData = Mapping[str, Any]
_NAME = re.compile(r"[A-Za-z0-9_]+")


def bare(key: str) -> str:
    """A key of model data without the ``?`` of an optional field."""
    return str(key).removesuffix("?")


def prefixed(name: str, integration: str) -> str:
    """A model's name with the integration's before it, once.

    >>> prefixed("User", "github"), prefixed("GithubUser", "github"), prefixed("Githubs", "github")
    ('GithubUser', 'GithubUser', 'GithubGithubs')
    """
    prefix = pascal(integration)
    rest = name.removeprefix(prefix)
    has_prefix = rest != name and not rest[:1].islower()
    return name if has_prefix else f"{prefix}{name}"


class ModelRegistry:
    """Every model the integration can name.

    Args:
        integration: the integration's key; its Pascal form is the prefix of names already in use.
        described: the models of the answers.
        foreign: the models of the project's nango.yaml that are not this integration's own.
        prefixes_all: whether each derived name gets the prefix, in use or not.
    """

    def __init__(
        self,
        integration: str,
        described: Mapping[str, ModelData],
        foreign: Mapping[str, ModelData],
        *,
        prefixes_all: bool = False,
    ) -> None:
        self._prefixes_all = prefixes_all
        self._integration = integration
        self._described = dict(described)
        self._foreign = dict(foreign)
        self._derived: dict[str, ModelData] = {}
        self._names: dict[str, str] = {}  # by the preferred name
        self._parsed: dict[str, Model] = {}
        self._raw_owners: dict[str, str] = {}

    def refuse_invalid(self, models: Mapping[str, ModelData], root: str) -> None:
        """Refuse models, or raw types, that are invalid in the language of nango.yaml.

        Args:
            models: the models of the answers, or the raw types of their ``responses``.
            root: the key of the answers that holds them.

        Raises:
            AnswersError: an invalid type or field name, models that hold each other.
        """
        if not models:
            return
        from ...models.accept import accept_model  # most answers describe no model

        known = {**self._foreign, **self._described, **self._derived, **models}
        for name, fields in models.items():
            for problem in accept_model(name, fields, known=known):
                raise AnswersError(
                    problem.what, where=f"{root}.{problem.where}", fix=f"accepted: {problem.fix}"
                )

    def has(self, name: str) -> bool:
        """Whether a model of this name exists: described, derived, or in the project."""
        return name in self._described or name in self._derived or name in self._foreign

    def own_name(self, name: str) -> str | None:
        """The name that the integration's own model for ``name`` has, prefixed or not; None where there is none."""
        return self.described_name(name) or self._names.get(name)

    def described_name(self, name: str) -> str | None:
        """The name under which the answers describe a model for ``name``; None where they do not."""
        names = (name, prefixed(name, self._integration)) if self._prefixes_all else (name,)
        return next((candidate for candidate in names if candidate in self._described), None)

    def data(self, name: str) -> ModelData:
        """A model's fields as nango.yaml data, those of the models it extends among them; empty for an unknown one."""
        return self._flat(name, ())

    def model(self, name: str) -> Model:
        """The model of this name, read as the CLI reads it; it must be one that ``has`` knows.

        Raises:
            ProjectError: the project's own models, as far as this one needs them, cannot be read.
        """
        if name not in self._parsed:
            needed = self._needed(name)
            try:
                models = read_models(needed)
            except ModelsError as error:
                # What is wrong in the project's nango.yaml is not to be mended in the answers.
                if any(each not in self._described and each in self._foreign for each in needed):
                    raise
                raise AnswersError(
                    error.what, where=f"models.{error.where}", fix=error.fix, accepted=error.accepted
                ) from None
            self._parsed[name] = next(
                model for model in models if isinstance(model, Model) and model.name == name
            )
        return self._parsed[name]

    def add(self, name: str, fields: ModelData, *, fixed: bool = False) -> str:
        """Add a derived model and return its name, which is another one where ``name`` is in use.

        Args:
            name: the preferred name, PascalCase.
            fields: its fields as nango.yaml data.
            fixed: the answers name the model, without describing it; its name is not changed.
        """
        if fixed:
            return self._add(name, name, fields)
        for candidate in self._candidates(name):
            current = self._lookup(candidate)
            # A model of the same shape is shared: nango.yaml has one namespace for all integrations.
            is_free = current is None or current == dict(fields)
            if is_free and is_usable_model_name(candidate) and candidate not in self._raw_owners:
                return self._add(name, candidate, fields)
        raise AssertionError("the candidates are without end")

    def raw_name(self, name: str, owner: str) -> str:
        """A name for a raw type that no model and no other raw type has; the same for the same owner."""
        for candidate in numbered(name):
            holder = self._raw_owners.get(candidate)
            if holder == owner or (holder is None and not self.has(candidate)):
                self._raw_owners[candidate] = owner
                return candidate
        raise AssertionError("the candidates are without end")

    def all_own(self) -> dict[str, ModelData]:
        """The models that belong in nango.yaml for this integration, in writing order."""
        return {**self._described, **self._derived}

    def refuse_dates(self, model: Model, purpose: str) -> None:
        """Refuse a model with a ``Date`` anywhere in it: its zod schema takes no string, and JSON has no dates. Rule V04.

        Args:
            model: the model of an input, of metadata, or of saved records.
            purpose: what the model is used for, for the message.

        Raises:
            AnswersError: naming the field.
        """
        # Models may hold each other in a circle.
        seen = {model.name}
        pending: list[tuple[str, Type]] = [(model.name, model.shape)]
        while pending:
            place, current = pending.pop()
            if current == Primitive("Date"):
                raise AnswersError(
                    f"{purpose} comes as JSON, which has no dates: every value of this field would be refused",
                    where=f"models.{place}",
                    fix="write `string`",
                )
            if isinstance(current, Ref) and current.model not in seen:
                seen.add(current.model)
                pending.append((current.model, self.model(current.model).shape))
            elif isinstance(current, ObjectOf):
                pending += [(f"{place}.{field.name}", field.type) for field in current.fields]
                if current.index is not None:
                    pending.append((place, current.index))
            else:
                pending += [(place, child) for child in children(current)]

    def _add(self, name: str, chosen: str, fields: ModelData) -> str:
        # The answers' own description stands, and a model that two scripts ask for is derived once.
        if chosen not in self._described:
            self._derived.setdefault(chosen, dict(fields))
        self._names[name] = chosen
        return chosen

    def _lookup(self, name: str) -> ModelData | None:
        for source in (self._described, self._derived, self._foreign):
            if name in source:
                return dict(source[name])
        return None

    def _flat(self, name: str, under_way: tuple[str, ...]) -> dict[str, Any]:
        """The model's own fields first, then those that only its parents have. The first parent wins."""
        fields = dict(self._lookup(name) or {})
        parents = fields.pop("__extends", "")
        for parent in map(str.strip, str(parents).split(",")):
            # Models that extend each other in a circle are refused elsewhere, with their place.
            if parent and parent not in under_way:
                own = {bare(key) for key in fields}
                inherited = self._flat(parent, (*under_way, name))
                fields.update({key: value for key, value in inherited.items() if bare(key) not in own})
        return fields

    def _needed(self, name: str) -> dict[str, ModelData]:
        """A model and all that it names, directly or not: reading a whole large project for each would be slow."""
        needed: dict[str, ModelData] = {}
        pending = [name]
        while pending:
            current = pending.pop()
            fields = None if current in needed else self._lookup(current)
            if fields is not None:
                needed[current] = fields
                pending.extend(_names_in(fields))
        return needed

    def _candidates(self, name: str) -> Iterator[str]:
        if not self._prefixes_all:
            yield name
        yield from numbered(prefixed(name, self._integration))


def numbered(name: str) -> Iterator[str]:
    """Candidates for a name that may be in use: the name itself, then with a number behind it, without end."""
    yield name
    yield from (f"{name}{number}" for number in count(2))


def _names_in(data: Any) -> Iterator[str]:
    """Every word in the values of model data: some are names of models."""
    if isinstance(data, str):
        yield from _NAME.findall(data)
    elif isinstance(data, (Mapping, list, tuple)):
        for value in data.values() if isinstance(data, Mapping) else data:
            yield from _names_in(value)
