"""What is inferred for a script: its answers, and where each of them comes from."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from ..frozen import frozen
from ..naming.words import pascal
from .fields import Direction, Selection, model_fields, usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..providers import ProviderFacts
    from .shape import Object

Kind = Literal["sync", "action"]


@frozen
class Inference:
    """The answers inferred for one script.

    Attributes:
        kind: of the script.
        script: its keys in the answers, its name among them.
        models: the models that it names.
        sources: where each value comes from, by its place: ``request.path``, ``models.GithubPull``.
        notes: what was left out, or guessed, a sentence each.
    """

    kind: Kind
    script: Mapping[str, Any]
    models: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Context:
    """What the scripts of one integration share.

    Attributes:
        integration: its name.
        prefix: the beginning of the names of its models.
        facts: what is known of the provider; None for nothing.
        selection: which fields the models have.
        models: those that scripts before have.
        names: those of scripts before.
        saved: the models that syncs before save, which no other sync can.
    """

    def __init__(
        self, integration: str, facts: ProviderFacts | None = None, selection: Selection | None = None
    ) -> None:
        self.integration = integration
        self.prefix = pascal(integration)
        self.facts = facts
        self.selection = selection or Selection()
        self.models: dict[str, Mapping[str, Any]] = {}
        self.names: set[str] = set()
        self.saved: set[str] = set()


class Draft:
    """Collects the answers of a script, each with its source."""

    def __init__(self, kind: Kind, context: Context) -> None:
        self.kind = kind
        self.context = context
        self.script: dict[str, Any] = {}
        self.request: dict[str, Any] = {}
        self.models: dict[str, Mapping[str, Any]] = {}
        self.sources: dict[str, str] = {}
        self.notes: list[str] = []

    def name(self, names: Iterable[str], source: str) -> str:
        """Call the script by the first name that no other script has."""
        candidates = list(names)
        candidates.extend(f"{candidates[0]}-{number}" for number in range(2, 100))
        name = next(name for name in candidates if name not in self.context.names)
        self.context.names.add(name)
        self.set("name", name, source)
        return name

    def set(self, key: str, value: Any, source: str) -> None:
        """Set an answer of the script."""
        self.script[key] = value
        self.sources[key] = source

    def ask(self, key: str, value: Any, source: str) -> None:
        """Set an answer about the request; what is empty needs none."""
        if value or value == "":
            self.request[key] = value
            self.sources[f"request.{key}"] = source

    def note(self, *notes: str) -> None:
        """Note what the user should know."""
        self.notes.extend(notes)

    def add_model(self, names: Iterable[str], fields: Mapping[str, Any], source: str) -> str:
        """Add a model under the first name that no other model has; an equal one is the same model."""
        names = list(names)
        names.extend(f"{names[-1]}{number}" for number in range(2, 100))
        # Model names are global to nango.yaml, and the same record is described by many operations.
        known = {**self.context.models, **self.models}
        name = next(name for name in names if known.get(name, fields) == fields)
        self.models[name] = fields
        self.sources[f"models.{name}"] = source
        return name

    def describe(
        self, record: Object, name: str, direction: Direction = "output", *, exact: bool = False
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """The fields of a model for a record, and their mapping; further models are added."""
        known = {**self.context.models, **self.models}
        selection, prefix = self.context.selection, self.context.prefix
        described = model_fields(
            record, selection, direction=direction, prefix=prefix, name=name, known=known, exact=exact
        )
        fields, misread = usable(name, described.fields, (*known, *described.models))
        for model, further in described.models.items():
            self.models[model] = further
            self.sources[f"models.{model}"] = record.source
        self.note(*described.notes)
        self.note(*(f"left out: {field}, which nango.yaml would misread" for field in misread))
        return fields, {name: path for name, path in described.mapping.items() if name not in misread}

    def inference(self) -> Inference:
        """What was collected."""
        script = {**self.script, **({"request": self.request} if self.request else {})}
        self.context.models.update(self.models)
        return Inference(self.kind, script, self.models, self.sources, tuple(dict.fromkeys(self.notes)))
