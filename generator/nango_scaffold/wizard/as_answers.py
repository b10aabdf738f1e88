"""A draft as the data of an answers file: what was said, and nothing that is derived. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from ..answers.load import scopes_of
from ..derive.models.default_fields import with_fields
from ..derive.requests.placeholders import mentioned
from ..derive.syncs.patterns import is_incremental
from ..naming.reserved import is_usable_model_name
from ..naming.resources import resource_name
from ..naming.verbs import read_verb, without_fetching
from ..naming.words import pascal, singular
from ..spec.patterns import Configuration
from .draft import AUTH_MODE, BASE_URL, INTEGRATION, PROVIDER
from .fields import describe
from .paths import split_query

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from .draft import Draft
    from .samples import Described

WITH_INPUT = ("create", "update", "other")
"""The kinds of actions whose input is asked for; that of the others follows from their paths."""

_HOST_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_EVERY_HOST = ("api", "www", "rest")
_SHORTEST_NAME = 4
_URL = re.compile(
    r"https?://(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*|\$\{[^\s}]+\}[A-Za-z0-9.-]*)(:[0-9]+)?(/[^\s?#]*)?"
)


def is_own_api(provider: str) -> bool:
    """Whether the provider was given by the base URL of an API that Nango does not know."""
    return bool(_URL.fullmatch(provider))


def provider_key(draft: Draft) -> str:
    """The provider's key; for an API of one's own, the name of its host without what every host has."""
    said = draft.get(PROVIDER) or ""
    if not is_own_api(said):
        return said
    found = _URL.fullmatch(said)
    words: list[str] = _HOST_PART.findall(found["host"] if found else said) or ["api"]
    *parts, last = words
    parts = [part for part in parts if part not in _EVERY_HOST] or [last]
    # The co of acme.co.uk names nobody.
    return parts[-2] if len(parts) > 1 and len(parts[-1]) < _SHORTEST_NAME else parts[-1]


def integration_of(draft: Draft) -> str:
    """The integration's name: said, or the provider's."""
    return draft.get(INTEGRATION) or provider_key(draft)


def as_answers(draft: Draft, taken: Collection[str] = ()) -> dict[str, Any]:
    """The draft as answers.

    Args:
        draft: what was said; scripts without a name are left out.
        taken: names of models that other integrations of the project own.

    Raises:
        AnswersError: fields of a model that cannot be read.
    """
    work = _Work(draft, taken)
    scripts = {script: work.script(script) for script in draft.named}
    rest = dict(draft.rest.get(0, {}))
    facts = {**(rest.pop("provider_facts", None) or {}), **_facts(draft)}
    models = {**(rest.pop("models", None) or {}), **work.models}
    found: dict[str, Any] = {
        "provider": provider_key(draft),
        "integration": draft.get(INTEGRATION),
        "provider_facts": facts,
        "models": models,
        "syncs": [scripts[script] for script in draft.named if draft.about(script, "kind") == "sync"],
        "actions": [scripts[script] for script in draft.named if draft.about(script, "kind") == "action"],
    }
    return {key: value for key, value in found.items() if value} | rest


def model_text(draft: Draft, script: int, key: str, taken: Collection[str] = ()) -> Described | None:
    """What was said of a model of a script, read; ``None`` for what is derived.

    Raises:
        AnswersError: it cannot be read.
    """
    text = draft.about(script, key)
    needs_id = key == "fields" and draft.about(script, "kind") == "sync"
    known = {*taken, *draft.rest.get(0, {}).get("models", {})}
    return (
        None if text is None else describe(text, known, needs_id=needs_id, names=_list_names(draft, script))
    )


def _list_names(draft: Draft, script: int) -> list[str]:
    """What a list of a script's records may be called: the script without its verb, the integration."""
    name = draft.about(script, "name") or ""
    verb = read_verb(name)
    return [without_fetching(name), *([verb.entity] if verb.known else []), integration_of(draft)]


def _facts(draft: Draft) -> dict[str, Any]:
    said = draft.get(PROVIDER) or ""
    base_url = said if is_own_api(said) else draft.get(BASE_URL)
    facts = {"base_url": base_url, "auth_mode": draft.get(AUTH_MODE)}
    return {key: value for key, value in facts.items() if value}


@dataclass
class _Work:
    """One draft being written down: the models that its scripts brought so far."""

    draft: Draft
    taken: Collection[str]
    models: dict[str, Any] = field(default_factory=dict)

    def script(self, script: int) -> dict[str, Any]:
        """A sync or an action, its models put with the others."""
        said = {"name": self.draft.about(script, "name")}
        parts = self._sync(script) if self.draft.about(script, "kind") == "sync" else self._action(script)
        request = {key: value for key, value in parts.pop("request").items() if value}
        mine = {**said, **{key: value for key, value in parts.items() if value not in (None, {})}}
        more = dict(self.draft.rest.get(script, {}))
        request = {**(more.pop("request", None) or {}), **request}
        return {**mine, **({"request": request} if request else {}), **more}

    def _sync(self, script: int) -> dict[str, Any]:
        """What was said of a sync; an answer that makes no sense beside the others is left out."""
        said = _Said(self.draft, script)
        name, pattern = str(said["name"]), said["pattern"]
        path, query = split_query(said["path"] or "")
        needed = _placeholders(said["path"], "metadata") if pattern in (None, "paginated") else []
        record = None if pattern == Configuration.NAME else self._read(script, "fields")
        metadata = self._read(script, "metadata") if needed else None
        sync_type = None if is_incremental(pattern) else said["type"]
        filtered = said["filter"] if sync_type == "incremental" else None
        settings = f"{pascal(integration_of(self.draft))}{pascal(name)}Metadata"
        return {
            "model": record and self._model(self._entity(name), record.fields),
            "runs": said["runs"],
            "sync_type": sync_type,
            "pattern": pattern,
            "metadata": metadata and self._model(settings, with_fields(metadata.fields, needed)),
            "scopes": _scopes(said["scopes"]),
            "request": {
                "path": path,
                "params": query,
                "response_path": record.response_path if record and record.is_list else "",
                "incremental": {"param": filtered} if filtered else None,
            },
            "mapping": dict(record.mapping) if record else {},
        }

    def _action(self, script: int) -> dict[str, Any]:
        """What was said of an action; an answer that makes no sense beside the others is left out."""
        said = _Said(self.draft, script)
        name = str(said["name"])
        verb = read_verb(name)
        path, query = split_query(said["path"] or "")
        needed = _placeholders(said["path"], "input") or (
            ["id"] if verb.kind == "update" or verb.is_on_record else []
        )
        given = self._read(script, "input") if verb.kind in WITH_INPUT else None
        record = self._read(script, "fields")
        model = record and self._model(self._entity(verb.entity), record.fields)
        is_whole = record is not None and record.is_list == (verb.kind == "list")
        return {
            "input": given and self._model(pascal(name), with_fields(given.fields, needed), "Input"),
            "output": model if verb.kind != "list" else None,
            "scopes": _scopes(said["scopes"]),
            "request": {
                "method": said["method"],
                "path": path,
                "params": query,
                "response_path": record.response_path if record and is_whole else "",
            },
            "mapping": dict(record.mapping) if record else {},
        }

    def _read(self, script: int, key: str) -> Described | None:
        return model_text(self.draft, script, key, self.taken)

    def _entity(self, name: str) -> str:
        return pascal(resource_name(singular(name), integration_of(self.draft)))

    def _model(self, wanted: str, fields: Mapping[str, Any], ending: str = "") -> str:
        """Put a model with the others and give the name it got: one that nobody has."""
        said = self.draft.rest.get(0, {}).get("models") or {}
        name = next(
            name
            for name in _names(wanted, pascal(integration_of(self.draft)), ending)
            if is_usable_model_name(name)
            and not any(name in there for there in (self.models, self.taken, said))
        )
        self.models[name] = dict(fields)
        return name


class _Said:
    """What was said of one script, by key."""

    def __init__(self, draft: Draft, script: int) -> None:
        self._draft = draft
        self._script = script

    def __getitem__(self, key: str) -> str | None:
        return self._draft.about(self._script, key)


def _names(wanted: str, prefix: str, ending: str) -> Iterator[str]:
    """The name wanted, then with its ending, then with the integration's name before it, then numbered."""
    yield wanted
    if ending:
        yield f"{wanted}{ending}"
    longer = wanted if wanted.startswith(prefix) else f"{prefix}{wanted}"
    yield f"{longer}{ending}"
    yield from (f"{longer}{ending}{number}" for number in count(2))


def _placeholders(path: str | None, root: str) -> list[str]:
    """The fields of ``root`` that a path or its query names, each once."""
    return list(dict.fromkeys(mentioned(path or "", root)))


def _scopes(said: str | None) -> list[str] | None:
    return None if said is None else scopes_of(said)
