"""Answers that derive: whatever the format refuses is dropped and named; what follows from the rest is left out."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.load import place_steps
from ..derive import derive
from ..errors import ProjectError, ScaffoldError
from ..operations.adopted import others_models
from .entries import Unexpressed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from ..nango_yaml import Document
    from ..providers import ProviderFacts
    from ..spec.integration import IntegrationSpec

Data = dict[str, Any]
Key = int | tuple[int, str]  # a script's position, the syncs first; for a further request, its model, too
Holders = dict[Key, Data]
_MOST = 2000  # answers have that many parts at most; each round drops one
_FOLLOWS = [
    path.split(".")
    for path in (
        "description runs sync_type track_deletes auto_start model metadata input output paginated scopes "
        "endpoint.method endpoint.path endpoint.group request.method request.docs request.params request.data "
        "request.paginate request.response_path request.retries parents.paginate parents.response_path "
        "children.paginate children.response_path"
    ).split()
]
_FOLLOWS_IN_FETCHES = [path[1:] if path[0] == "request" else path for path in _FOLLOWS if len(path) > 1]


@dataclass
class Fitted:
    """Answers under way to be derivable.

    Attributes:
        data: the answers.
        left_out: scripts that had to go altogether, each with the reason.
        notes: what else had to go.
    """

    data: Data
    document: Document
    facts: ProviderFacts
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[Unexpressed] = field(default_factory=list)

    def derived(self, data: Data | None = None) -> IntegrationSpec:
        """What the answers come to, without the guesses.

        Raises:
            ScaffoldError: they cannot be derived from.
        """
        answers = load_answers(self.data if data is None else data)
        return replace(derive(answers, self.facts, others_models(answers, self.document)), guesses=())

    def drop_refused(self) -> IntegrationSpec:
        """Drop what is refused, one thing after the other, until the rest derives.

        Raises:
            ScaffoldError: what is wrong is not in the entries: a provider without base URL.
            ProjectError: nothing is left.
        """
        for _ in range(_MOST):
            try:
                # First as in a project that holds nothing yet: the file's own models would hide what a model lacks.
                derive(load_answers(self.data), self.facts, {})
                return self.derived()
            except ScaffoldError as error:
                if not self._drop_place(error):
                    raise
        fix = "describe the integration by hand, with `nango-scaffold new`"
        raise ProjectError("the entries cannot be described", where=self.data["integration"], fix=fix)

    def _drop_place(self, error: ScaffoldError) -> bool:
        """Drop what an error is about; False where that is in none of the entries."""
        # Answers without any script are refused at this place.
        if error.where == "sync_names":
            raise self._nothing_left()
        steps: list[Any] = place_steps(error.where)
        match steps:
            # The reader of models names a model alone.
            case [model, *_] if model in self.data.get("models", {}):
                return self._drop_model(model, error)
            case ["models", model, *_]:
                return self._drop_model(str(model), error)
            case ["on_events", _, *_]:
                self._drop_event(steps, error)
                return True
            case ["syncs" | "actions", _, *_]:
                self._drop_answer(steps, error.what)
                return True
        return False

    def _nothing_left(self) -> ProjectError:
        integration = self.data["integration"]
        reasons = (f"{name}: {reason}" for name, reason in self.left_out.items())
        what, where = f"nothing of {integration} can be described", f"integrations.{integration}"
        return ProjectError(what, where=where, fix="\n  ".join(reasons))

    def _drop_model(self, model: str, error: ScaffoldError) -> bool:
        """Leave a model where it is, undescribed; where that is no help, drop a script that names it."""
        if self.data.get("models", {}).pop(model, None) is not None:
            self.notes.append(Unexpressed(f"models.{model}", f"{error.what}; it is used as it is"))
            self._drop_extending(model)
            return True
        for section in ("syncs", "actions"):
            for index, script in enumerate(self.data.get(section, ())):
                if model in _texts(script):
                    self.left_out[str(script["name"])] = error.what
                    self.data[section].pop(index)
                    return True
        return False

    def _drop_extending(self, model: str) -> None:
        """Leave the models that extend one, or others that do, where they are, too."""
        extending = [name for name, fields in self.data["models"].items() if model in _parents(fields)]
        for name in extending:
            if self.data["models"].pop(name, None) is not None:
                what = f"it extends {model}, which is not described; it is used as it is"
                self.notes.append(Unexpressed(f"models.{name}", what))
                self._drop_extending(name)

    def _drop_event(self, steps: Sequence[Any], error: ScaffoldError) -> None:
        holder, last = _deepest(self.data, steps)
        del holder[last]
        self.data["on_events"] = {event: names for event, names in self.data["on_events"].items() if names}
        self.notes.append(Unexpressed(error.where, error.what))

    def _drop_answer(self, steps: Sequence[Any], reason: str) -> None:
        """Drop one answer of a script; the whole script where it cannot be without that."""
        section, index, *inner = steps
        script = self.data[section][index]
        holder, last = _deepest(script, inner)
        if not inner or last in (None, "name"):
            self.left_out[str(script["name"])] = reason
            self.data[section].pop(index)
            return
        del holder[last]
        self.notes.append(Unexpressed(f"{script['name']}: {'.'.join(map(str, inner))}", reason))

    def shorten(self, spec: IntegrationSpec) -> None:
        """Leave out all that follows from the rest anyway."""
        scripts: Holders = dict(enumerate(self._scripts()))
        fetches: Holders = {
            (position, model): fetch
            for position, script in enumerate(self._scripts())
            for model, fetch in script.get("requests", {}).items()
        }
        for paths, holders in ((_FOLLOWS, scripts), (_FOLLOWS_IN_FETCHES, fetches)):
            for path in paths:
                self._without(path, spec, {key: each for key, each in holders.items() if _has(each, path)})
        self._without_models(spec)
        # Further requests first: only when they are empty may the script's `requests` be.
        for holder in (*fetches.values(), *scripts.values()):
            _drop_empty(holder, "endpoint", "request", "requests", "mapping", "lookups")

    def _scripts(self) -> list[Data]:
        return [*self.data.get("syncs", ()), *self.data.get("actions", ())]

    def _without(self, path: list[str], spec: IntegrationSpec, holders: Holders) -> None:
        """Take an answer out of what holds it, wherever all is the same without it."""
        if not holders:
            return
        # From all at once, as deriving is dear: one run tells which scripts need the answer.
        removed = {key: _remove(holder, path) for key, holder in holders.items()}
        unlike = self._unlike(spec)
        if unlike is None:
            return
        for key, value in removed.items():
            _put_back(holders[key], path, value)
        if unlike & holders.keys():
            self._without(path, spec, _except(unlike, holders))
        elif len(holders) > 1:
            # The difference is in none of these scripts themselves, such as a type they share: found by halves.
            first = dict(list(holders.items())[: len(holders) // 2])
            self._without(path, spec, first)
            self._without(path, spec, _except(first, holders))

    def _unlike(self, spec: IntegrationSpec) -> set[Key] | None:
        """The scripts that are refused or differ from a spec; None where all is the same."""
        try:
            derived = self.derived()
        except ScaffoldError as error:
            return self._refused(error)
        if derived == spec:
            return None
        scripts, others = chain(derived.syncs, derived.actions), chain(spec.syncs, spec.actions)
        pairs = zip(scripts, others, strict=True)
        return {position for position, (script, before) in enumerate(pairs) if script != before}

    def _refused(self, error: ScaffoldError) -> set[Key]:
        """The script in which an error is, if it is in one."""
        match place_steps(error.where):
            case ["syncs", int(index), *_]:
                return {index}
            case ["actions", int(index), *_]:
                return {len(self.data.get("syncs", ())) + index}
        return set()

    def _without_models(self, spec: IntegrationSpec) -> None:
        """Take out the models that derivation makes anyway, from the answers about the scripts."""
        named = {word for script in self._scripts() for word in _texts(script)}
        self._drop_models([name for name in self.data.get("models", {}) if name not in named], spec)
        if not self.data.get("models"):
            self.data.pop("models", None)

    def _drop_models(self, names: list[str], spec: IntegrationSpec) -> None:
        """Take models out that are made anyway; half of them at a time where one is not."""
        if not names:
            return
        models = {name: fields for name, fields in self.data["models"].items() if name not in names}
        if self._derives_same({**self.data, "models": models}, spec):
            self.data["models"] = models
        elif len(names) > 1:
            middle = len(names) // 2
            self._drop_models(names[:middle], spec)
            self._drop_models(names[middle:], spec)

    def _derives_same(self, data: Data, spec: IntegrationSpec) -> bool:
        """Whether some answers come to a spec, but for the order of raw types and mappers."""
        try:
            derived = self.derived(data)
        except ScaffoldError:
            return False
        return _ordered(derived) == _ordered(spec)


def begin(data: Data, document: Document, facts: ProviderFacts) -> Fitted:
    """Answers as they were read, to be fitted; the data passed in stays as it is."""
    return Fitted(copy.deepcopy(data), document, facts)


def _ordered(spec: IntegrationSpec) -> IntegrationSpec:
    return replace(
        spec,
        raw_types=tuple(sorted(spec.raw_types, key=lambda raw: raw.name)),
        mappers=tuple(sorted(spec.mappers, key=lambda mapper: mapper.model)),
    )


def _parents(fields: Any) -> list[str]:
    """The models that one extends."""
    named = fields.get("__extends") if isinstance(fields, Mapping) else None
    return [name.strip() for name in named.split(",")] if isinstance(named, str) else []


def _deepest(target: Any, steps: Sequence[Any]) -> tuple[Any, Any]:
    """The innermost part of some data on a path, as what holds it and its key there; no key where there is none."""
    holder, last = target, None
    for step in steps:
        inside = holder[last] if last is not None else target
        # A place may lie deeper than the answers: a missing key is named by the place where it belongs.
        if not (step in inside if isinstance(inside, Mapping) else _is_index(inside, step)):
            break
        holder, last = inside, step
    return holder, last


def _is_index(inside: Any, step: Any) -> bool:
    return isinstance(inside, list) and isinstance(step, int) and step < len(inside)


def _texts(data: Any) -> Iterable[str]:
    if isinstance(data, str):
        return {data}
    if isinstance(data, Mapping):
        data = [*data, *data.values()]
    inner = data if isinstance(data, list) else ()
    return {text for item in inner for text in _texts(item)}


def _drop_empty(holder: Data, *parts: str) -> None:
    for part in parts:
        if holder.get(part) in ({}, []):
            del holder[part]


def _except(keys: Container[Key], holders: Holders) -> Holders:
    return {key: holder for key, holder in holders.items() if key not in keys}


def _has(script: Data, path: list[str]) -> bool:
    *outer, last = path
    return last in (script.get(outer[0], {}) if outer else script)


def _remove(script: Data, path: list[str]) -> tuple[list[str], Any]:
    """Remove an answer; what it was, behind the order of all that stood there."""
    *outer, last = path
    holder = script[outer[0]] if outer else script
    return list(holder), holder.pop(last)


def _put_back(script: Data, path: list[str], removed: Any) -> None:
    """Put an answer back in the place it had among the others."""
    *outer, last = path
    holder = script[outer[0]] if outer else script
    order, value = removed
    holder[last] = value
    items = {key: holder[key] for key in order}
    holder.clear()
    holder.update(items)
