"""A draft as the data of an answers file: the user's answers, and nothing that is derived. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from ..answers.load import scopes_of
from ..derive.models.default_fields import with_fields
from ..derive.requests.request_texts import mentioned, split_query
from ..derive.syncs.patterns import is_incremental
from ..naming.reserved import is_usable_model_name
from ..naming.resources import resource_name
from ..naming.verbs import read_verb, without_fetching
from ..naming.words import pascal, singular
from ..spec.patterns import Configuration
from .draft import AUTH_MODE, BASE_URL, INFER, INTEGRATION, KINDS, PROVIDER, infer_settings
from .fields import describe
from .further_requests import (
    asks_for_changes,
    detail_path,
    has_only_id,
    lookups_answer,
    parents_answer,
    query_answer,
    request_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..infer.samples import Described
    from ..naming.verbs import Verb
    from .draft import Draft

WITH_INPUT = ("create", "update", "other")
"""The kinds of actions whose input is asked for; the input of the others follows from their paths."""

_HOST_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_EVERY_HOST = ("api", "www", "rest")
_SHORTEST_NAME = 4
_URL = re.compile(
    r"https?://(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*|\$\{[^\s}]+\}[A-Za-z0-9.-]*)(:[0-9]+)?(/[^\s?#]*)?"
)


def is_own_api(provider: str) -> bool:
    """Whether the provider is the base URL of an API that Nango does not know."""
    return bool(_URL.fullmatch(provider))


def provider_key(draft: Draft) -> str:
    """The provider's key; for an API of one's own, the name of its host without what every host has."""
    provider = draft.get(PROVIDER) or ""
    url = _URL.fullmatch(provider)
    if url is None:
        return provider
    parts: list[str] = _HOST_PART.findall(url["host"]) or ["api"]
    *labels, top_level = parts
    labels = [label for label in labels if label not in _EVERY_HOST] or [top_level]
    # The `co` of acme.co.uk names nobody.
    is_second_level = len(labels) > 1 and len(labels[-1]) < _SHORTEST_NAME
    return labels[-2] if is_second_level else labels[-1]


def integration_of(draft: Draft) -> str:
    """The integration's name, which defaults to the provider's key."""
    return draft.get(INTEGRATION) or provider_key(draft)


def as_answers(
    draft: Draft, project_models: Collection[str] = (), *, is_trial: bool = False
) -> dict[str, Any]:
    """The draft as answers.

    Args:
        draft: the draft; scripts without a name are left out.
        project_models: names of models that other integrations of the project own.
        is_trial: whether to add what the path needs and was not asked for yet, so that the rest can be derived.

    Raises:
        AnswersError: fields of a model that cannot be parsed.
    """
    writer = _Writer(draft, project_models, is_trial)
    scripts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for script in draft.named:
        scripts[draft.about(script, "kind") or ""].append(writer.script(script))
    extra = dict(draft.extra.get(0, {}))
    # Of these, the command line may set a part and the questions another.
    facts = extra.pop("provider_facts", None) or {}
    models = extra.pop("models", None) or {}
    answers: dict[str, Any] = {
        "provider": provider_key(draft),
        "integration": draft.get(INTEGRATION),
        "provider_facts": {**facts, **_facts(draft)},
        "models": {**models, **writer.models},
        "syncs": scripts["sync"],
        "actions": scripts["action"],
    }
    return _non_empty(answers) | extra


def model_text(draft: Draft, script: int, key: str, project_models: Collection[str] = ()) -> Described | None:
    """What the user typed for a model of a script, parsed; ``None`` where it is derived.

    Raises:
        AnswersError: it cannot be parsed.
    """
    text = draft.about(script, key)
    if text is None:
        return None
    # Nango refuses records without an id.
    needs_id = key in ("fields", "detail_fields") and draft.about(script, "kind") == "sync"
    known = {*project_models, *draft.extra.get(0, {}).get("models", {})}
    return describe(text, known, needs_id=needs_id, names=_list_names(draft, script))


def _list_names(draft: Draft, script: int) -> list[str]:
    """Likely names of a list of the script's records: the script without its verb, the integration."""
    name = draft.about(script, "name") or ""
    verb = read_verb(name)
    names = [without_fetching(name)]
    if verb.known:
        names.append(verb.entity)
    return [*names, integration_of(draft)]


def _facts(draft: Draft) -> dict[str, Any]:
    provider = draft.get(PROVIDER) or ""
    base_url = provider if is_own_api(provider) else draft.get(BASE_URL)
    return _non_empty({"base_url": base_url, "auth_mode": draft.get(AUTH_MODE)})


def _non_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


@dataclass
class _Writer:
    """Writes the scripts of a draft as answers, and collects their models."""

    draft: Draft
    project_models: Collection[str]
    is_trial: bool
    models: dict[str, Any] = field(default_factory=dict)

    def script(self, script: int) -> dict[str, Any]:
        """A sync or an action; its models are added to the others."""
        is_sync = self.draft.about(script, "kind") == "sync"
        settings = self._sync(script) if is_sync else self._action(script)
        extra = dict(self.draft.extra.get(script, {}))
        request = {**(extra.pop("request", None) or {}), **_non_empty(settings.pop("request"))}
        answers = {"name": self.draft.about(script, "name"), INFER: infer_settings(self.draft, script)}
        answers |= settings
        if request:
            answers["request"] = request
        # An empty list stays: no scopes is an answer of its own.
        return {key: value for key, value in answers.items() if value not in (None, {})} | extra

    def _sync(self, script: int) -> dict[str, Any]:
        """The settings of a sync; an answer whose question no longer applies is left out."""
        about = partial(self.draft.about, script)
        pattern = about("pattern")
        record = None if pattern == Configuration.NAME else self._described(script, "fields")
        detail = detail_path(self.draft, script) if has_only_id(record) else ""
        whole = self._described(script, "detail_fields") if detail else None
        fields = whole or record
        sync_type = None if is_incremental(pattern) else self._sync_type(script)
        date_parameter = about("filter") if sync_type == "incremental" else None
        return {
            "model": fields and self._add_model(self._entity(about("name") or ""), fields.fields),
            "runs": about("runs"),
            "sync_type": sync_type,
            "pattern": pattern,
            "metadata": self._metadata(script),
            "scopes": _scopes(about("scopes")),
            "lookups": self._lookups(script),
            "parents": parents_answer(self.draft, script, is_trial=self.is_trial),
            "request": {
                **_with_date(self._request(script), date_parameter),
                "response_path": _response_path(record, is_list=True),
            },
            "detail": _detail(detail, whole),
            "mapping": _mapping(fields),
        }

    def _sync_type(self, script: int) -> str | None:
        return "incremental" if asks_for_changes(self.draft, script) else self.draft.about(script, "type")

    def _request(self, script: int) -> dict[str, Any]:
        graphql = query_answer(self.draft, script)
        return {**_path_and_params(self.draft.about(script, "path")), "graphql": graphql}

    def _lookups(self, script: int) -> list[dict[str, Any]] | None:
        return lookups_answer(self.draft, script, is_trial=self.is_trial) or None

    def _metadata(self, script: int) -> str | None:
        """The model of a connection's metadata; ``None`` where the path needs none, or where it is derived."""
        if self.draft.about(script, "pattern") not in (None, "paginated"):
            return None
        placeholders = _placeholders(request_text(self.draft, script), "metadata")
        metadata = self._described(script, "metadata") if placeholders else None
        if metadata is None:
            return None
        name = pascal(self.draft.about(script, "name") or "")
        model = f"{pascal(integration_of(self.draft))}{name}Metadata"
        return self._add_model(model, with_fields(metadata.fields, placeholders))

    def _action(self, script: int) -> dict[str, Any]:
        """The settings of an action; an answer whose question no longer applies is left out."""
        about = partial(self.draft.about, script)
        verb = read_verb(about("name") or "")
        lists = verb.kind == "list"
        record = self._described(script, "fields")
        model = record and self._add_model(self._entity(verb.entity), record.fields)
        request = self._request(script)
        return {
            "input": self._input(script, verb),
            "output": None if lists else model,
            "scopes": _scopes(about("scopes")),
            "lookups": self._lookups(script),
            "request": {
                "method": None if request["graphql"] else about("method"),
                **request,
                "response_path": _response_path(record, is_list=lists),
            },
            "mapping": _mapping(record),
        }

    def _input(self, script: int, verb: Verb) -> str | None:
        """The model of an action's input; ``None`` where it is derived."""
        fields = self._described(script, "input") if verb.kind in WITH_INPUT else None
        if fields is None:
            return None
        needed = _placeholders(request_text(self.draft, script), "input")
        # A path that is not typed is derived, and ends with the id.
        if not needed and (verb.kind == "update" or verb.is_on_record):
            needed = ["id"]
        name = pascal(self.draft.about(script, "name") or "")
        return self._add_model(name, with_fields(fields.fields, needed), "Input")

    def _described(self, script: int, key: str) -> Described | None:
        return model_text(self.draft, script, key, self.project_models)

    def _entity(self, name: str) -> str:
        return pascal(resource_name(singular(name), integration_of(self.draft)))

    def _add_model(self, preferred: str, fields: Mapping[str, Any], ending: str = "") -> str:
        """Add a model, and give the name it got: one that no other model has."""
        preset = self.draft.extra.get(0, {}).get("models") or {}
        used = {*self.models, *self.project_models, *preset}
        candidates = _model_names(preferred, pascal(integration_of(self.draft)), ending)
        name = next(name for name in candidates if name not in used and is_usable_model_name(name))
        self.models[name] = dict(fields)
        return name


def _model_names(preferred: str, prefix: str, ending: str) -> Iterator[str]:
    """The preferred name, then with its ending, then with the integration's name before it, then numbered."""
    yield preferred
    if ending:
        yield f"{preferred}{ending}"
    longer = preferred if preferred.startswith(prefix) else f"{prefix}{preferred}"
    yield f"{longer}{ending}"
    yield from (f"{longer}{ending}{number}" for number in count(2))


def _path_and_params(path_and_query: str | None) -> dict[str, Any]:
    path, params = split_query(path_and_query or "")
    return {"path": path, "params": params}


def _with_date(request: Mapping[str, Any], date_parameter: str | None) -> dict[str, Any]:
    """A request with the parameter for the date of the last run, or one such as ``since=${lastSyncDate:date}``."""
    name, _, value = (date_parameter or "").partition("=")
    if value:
        return {**request, "params": {**request["params"], name: value}}
    return {**request, "incremental": {"param": name} if name else None}


def _response_path(record: Described | None, *, is_list: bool) -> str:
    """Where the records stand in a response; empty if the sample was of another shape than the script's response."""
    return record.response_path if record and record.is_list == is_list else ""


def _detail(path: str, record: Described | None) -> dict[str, str]:
    """The request for one record; ``record``: what its response holds."""
    place = _response_path(record, is_list=False)
    return _non_empty({"path": path, "response_path": place}) if path else {}


def _mapping(record: Described | None) -> dict[str, str]:
    return dict(record.mapping) if record else {}


def _placeholders(path: str | None, root: str) -> list[str]:
    """The fields of ``root`` that a path or its query names, each once."""
    return list(dict.fromkeys(mentioned(path or "", root)))


def _scopes(text: str | None) -> list[str] | None:
    return None if text is None else scopes_of(text)
