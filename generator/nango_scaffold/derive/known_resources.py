"""Known resources: what the answers leave out of a script is taken from what is known of the resource it names.

The result is answers as the user could have written them. What the answers say stays, and a script whose answers a
known request would contradict takes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..answers import RequestAnswer, SyncAnswer, load_answers
from ..errors import AnswersError
from ..naming.resources import entity_in
from ..naming.verbs import read_verb, without_fetching
from ..naming.words import pascal, singular
from ..spec.integration import KnownResource
from .models.registry import bare, numbered, prefixed

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..answers import ActionAnswer, Answers
    from ..providers import ProviderFacts
    from .models.registry import ModelData

_LIST = "list"
_OPERATIONS = {
    "list": _LIST,
    **dict.fromkeys(("get", "fetch", "read", "retrieve", "show"), "get"),
    **dict.fromkeys(("create", "new", "insert", "add"), "create"),
    **dict.fromkeys(("update", "edit", "patch", "modify", "change"), "update"),
    **dict.fromkeys(("delete", "remove", "destroy"), "delete"),
}
"""The operation that the verb of an action asks for."""

_BESIDE_REQUEST = ("scopes", "detail", "input", "output", "since")
_OF_CHANGES = ("params", "headers", "json")
_BODY = ("data", "json", "encoding")
_INPUT = r"\$\{input\.(\w+)"
_WHERE = "provider_facts.resources"


def wanted_resources(answers: Answers, written: Collection[str] = ()) -> set[str]:
    """The resources, each in the singular, of the scripts whose answers leave out what may be known of them.

    Args:
        answers: the answers.
        written: the names of scripts to pass over.
    """
    return {
        _entity_of(script, answers.integration)
        for script in answers.scripts
        if script.name not in written and _is_open(script) and _operation_of(script)
    }


def named_resources(resources: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """Of some known resources, those that scripts of the answers are about."""
    entities = {_entity_of(script, answers.integration) for script in answers.scripts}
    return {
        name: resource
        for name, resource in resources.items()
        if entity_in(name, answers.integration) in entities
    }


def entity_models(answers: Answers) -> set[str]:
    """The models that the scripts have by default: each has the name of what its script is about."""
    return {pascal(_entity_of(script, answers.integration)) for script in answers.scripts}


def _is_open(script: SyncAnswer | ActionAnswer) -> bool:
    """Whether the answers leave out what may be known: they say no path, or that alone, and mean no other kind of request."""
    request = script.request
    is_unset = request.path is None or request == RequestAnswer(path=request.path)
    is_other = any((request.has_body, request.graphql, request.base_url, request.is_binary, script.lookups))
    if isinstance(script, SyncAnswer):
        return is_unset and not is_other and _is_plain(script)
    return is_unset and not is_other and script.read_back is None and script.plain_output is None


def _entity_of(script: SyncAnswer | ActionAnswer, integration: str) -> str:
    """The resource that a script is about, in the singular."""
    name = without_fetching(script.name) if isinstance(script, SyncAnswer) else read_verb(script.name).entity
    return entity_in(name, integration)


def _operation_of(script: SyncAnswer | ActionAnswer) -> str:
    """What a script does with its resource; empty where its name says something else than the five operations."""
    if isinstance(script, SyncAnswer):
        return _LIST
    verb = read_verb(script.name)
    # `get-contact-by-email` and `remove-user-from-team` ask for something else than a record by its id.
    if verb.key or verb.owner:
        return ""
    operation = _OPERATIONS.get(verb.word, "")
    is_of_several = verb.entity != singular(verb.entity)
    return "" if is_of_several and operation != _LIST else operation


def with_known_resources(
    answers: Answers, facts: ProviderFacts, foreign: Mapping[str, ModelData]
) -> tuple[Answers, tuple[KnownResource, ...]]:
    """The answers with what is known of the resources that they name, and which scripts take something of that.

    Args:
        answers: the answers.
        facts: the provider's facts, with the resources.
        foreign: the models of the project's nango.yaml that other entries own.

    Raises:
        AnswersError: stored facts whose resources are not in their format.
    """
    from ..answers.resource_format import resource_problems  # of which `wanted_resources` needs nothing

    # Facts that a user or a project stores are no more trusted than answers.
    for problem in resource_problems(facts.resources, _WHERE):
        raise AnswersError(problem.what, where=problem.where, fix=problem.fix, accepted=problem.accepted)
    completion = _Completion(answers, foreign, has_scopes=facts.has_scopes)
    for name, resource in facts.resources.items():
        completion.take(name, resource)
    return completion.answers(), tuple(completion.sources)


class _Completion:
    """Answers on their way to completion.

    Attributes:
        models: the models of the answers and of the resources.
        responses: the raw types of both.
        scripts: what is known of each script in the format of the answers, by its place.
        sources: where that comes from.
    """

    def __init__(self, answers: Answers, foreign: Mapping[str, ModelData], *, has_scopes: bool) -> None:
        self._answers = answers
        self._foreign = foreign
        self._has_scopes = has_scopes
        self.models: dict[str, Any] = dict(answers.models)
        self.responses: dict[str, Any] = dict(answers.responses)
        self.scripts: dict[str, dict[str, Any]] = {}
        self.sources: list[KnownResource] = []

    def answers(self) -> Answers:
        """The answers, completed."""
        if not self.scripts:
            return self._answers
        syncs = [self.scripts[sync.where] for sync in self._answers.syncs if sync.where in self.scripts]
        actions = [self.scripts[act.where] for act in self._answers.actions if act.where in self.scripts]
        # Loaded as answers are, so that each part is of the type of the one it is to fill.
        loaded = load_answers({"provider": self._answers.provider, "syncs": syncs, "actions": actions})
        known = {script.name: script for script in loaded.scripts}
        return replace(
            self._answers,
            syncs=tuple(_filled(sync, known.get(sync.name)) for sync in self._answers.syncs),
            actions=tuple(_filled(action, known.get(action.name)) for action in self._answers.actions),
            models=self.models,
            responses=self.responses,
        )

    def take(self, name: str, resource: Mapping[str, Any]) -> None:
        """Take what is known of one resource, for every script that is about it."""
        entity = entity_in(name, self._answers.integration)
        syncs = [sync for sync in self._answers.syncs if self._is_about(entity, sync)]
        actions = [action for action in self._answers.actions if self._is_about(entity, action)]
        # Nango refuses a model that two syncs save: the second one stays a guess.
        scripts: list[SyncAnswer | ActionAnswer] = [*syncs[:1], *actions]
        model = syncs[0].output_model if syncs else None
        model = model or self._free_name(pascal(entity), resource["model"])
        for script in scripts:
            operation = _operation_of(script)
            if _may_take(script, resource, operation):
                self._take_for(script, name, resource, operation, model)

    def _is_about(self, entity: str, script: SyncAnswer | ActionAnswer) -> bool:
        return _entity_of(script, self._answers.integration) == entity

    def _take_for(
        self,
        script: SyncAnswer | ActionAnswer,
        name: str,
        resource: Mapping[str, Any],
        operation: str,
        model: str,
    ) -> None:
        known: dict[str, Any] = {"name": script.name, "lookups": resource.get("lookups")}
        if self._has_scopes:
            known["scopes"] = resource[operation].get("scopes")
        if isinstance(script, SyncAnswer):
            known |= self._for_sync(script, resource, operation, model)
        else:
            known |= self._for_action(script, resource, operation, model)
        self.scripts[script.where] = known
        checked = f"{resource['checked']['by']}, {resource['checked']['on']}"
        has_pages = script.request.paginate is None
        docs = resource[operation]["docs"]
        self.sources.append(KnownResource(script.where, name, docs, checked, has_pages))

    def _for_sync(
        self, sync: SyncAnswer, resource: Mapping[str, Any], operation: str, model: str
    ) -> dict[str, Any]:
        request = _without(resource[operation], _BESIDE_REQUEST)
        # A full sync asks for everything each time, or what it does not see would be deleted.
        if sync.sync_type != "incremental":
            request.pop("incremental", None)
        elif sync.request.incremental is None:
            request = _for_changes(request, resource[operation].get("since") or {})
        known = {
            "model": model,
            "mapping": self._mapping(sync, resource, model),
            "request": request,
            "detail": resource[operation].get("detail"),
        }
        if resource.get("metadata") and sync.metadata is None:
            name = f"{pascal(self._answers.integration)}{pascal(sync.name)}Metadata"
            known["metadata"] = self._described(name, resource["metadata"])
        return known

    def _for_action(
        self, action: ActionAnswer, resource: Mapping[str, Any], operation: str, model: str
    ) -> dict[str, Any]:
        request = _without(resource[operation], (*_BESIDE_REQUEST, "incremental"))
        input_name = pascal(action.name)
        known: dict[str, Any] = {}
        # What the syncs of a resource take from the metadata, such as an account, an action can be called with.
        if action.metadata is None:
            request = _with_input(request)
        if action.input is not None or input_name in self._answers.models:
            request = _without(request, _BODY)  # it is made of the fields of another input
        elif "input" in resource[operation]:
            named = re.findall(_INPUT, json.dumps(request))
            metadata = resource.get("metadata") or {}
            beside = {key: type_ for key, type_ in metadata.items() if bare(key) in named}
            known["input"] = self._described(input_name, {**beside, **resource[operation]["input"]})
        return {**known, "request": request, **self._output(action, resource, operation, model)}

    def _output(
        self, action: ActionAnswer, resource: Mapping[str, Any], operation: str, model: str
    ) -> dict[str, Any]:
        if operation == "delete" or (operation == _LIST and action.output is not None):
            return {}
        # A list has the model of the sync or its entity's own by itself; any other name has to be said.
        if operation == _LIST:
            is_renamed = model != pascal(_entity_of(action, self._answers.integration))
            known = {"output": f"{model}[]"} if is_renamed and model not in self._saved() else {}
            return {**known, "mapping": self._mapping(action, resource, model)}
        if "output" in resource[operation]:
            return {"output": resource[operation]["output"]}
        output = action.output_model or model
        return {"output": output, "mapping": self._mapping(action, resource, output)}

    def _saved(self) -> set[str]:
        """The models of the syncs so far."""
        return {script["model"] for script in self.scripts.values() if "model" in script}

    def _mapping(
        self, script: SyncAnswer | ActionAnswer, resource: Mapping[str, Any], model: str
    ) -> dict[str, Any]:
        """The mapping of a script: whole for a known model; of the same fields for one that the answers describe."""
        mapping = dict(resource.get("mapping") or {})
        if model in self._answers.models:
            # Where the answers say what is asked or what comes back, a known path may lead to nothing in it.
            is_theirs = script.request.path is not None or model in self._answers.responses
            names = () if is_theirs else map(bare, self._answers.models[model])
            return {name: mapping[name] for name in names if name in mapping}
        if self._foreign.get(model, resource["model"]) != resource["model"]:
            return {}  # the answers name a model of another integration
        self.models[model] = resource["model"]
        if "responses" in resource:
            self.responses.setdefault(model, resource["responses"])
        return mapping

    def _described(self, name: str, fields_: Mapping[str, Any]) -> str:
        """The name under which there is a model with these fields now."""
        free = self._free_name(name, fields_)
        self.models.setdefault(free, fields_)
        return free

    def _free_name(self, name: str, fields_: Mapping[str, Any]) -> str:
        """A name for a model that nobody has for another one; that of the answers' own, if they describe it."""
        if name in self._answers.models:
            return name
        present = {**self._foreign, **self.models}
        candidates = chain((name,), numbered(prefixed(name, self._answers.integration)))
        return next(each for each in candidates if present.get(each, fields_) == fields_)


def _may_take(script: SyncAnswer | ActionAnswer, resource: Mapping[str, Any], operation: str) -> bool:
    """Whether a known request contradicts nothing that the answers say of a script."""
    known = resource.get(operation)
    if known is None or not _is_open(script):
        return False
    # A list of little more than ids gives no records by itself.
    is_list_of_ids = "detail" in known and not isinstance(script, SyncAnswer)
    own = script.request
    fits = own.path in (None, known["path"]) and own.method in (None, known.get("method"))
    return fits and not is_list_of_ids


def _is_plain(sync: SyncAnswer) -> bool:
    """Whether a sync has one request that reads pages."""
    others = (sync.models, sync.requests, sync.parents, sync.detail)
    return sync.pattern in (None, "paginated") and not any(others)


def _for_changes(request: Mapping[str, Any], since: Mapping[str, Any]) -> dict[str, Any]:
    """A request with what limits it to what changed, or puts that first."""
    added = {key: {**request.get(key, {}), **since[key]} for key in _OF_CHANGES if key in since}
    return {**request, **added}


def _without(data: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def _with_input(request: Any) -> Any:
    """A request that reads from the input of an action what it reads from the metadata of a sync."""
    if isinstance(request, str):
        return request.replace("${metadata.", "${input.")
    if isinstance(request, Mapping):
        return {key: _with_input(value) for key, value in request.items()}
    return [_with_input(item) for item in request] if isinstance(request, list) else request


def _filled(own: Any, known: Any) -> Any:
    """A part of the answers, with the known part of the same kind where it is unset."""
    if known is None:
        return own
    values = {
        part.name: _filled_value(part.name, getattr(own, part.name), getattr(known, part.name))
        for part in fields(own)
        if part.name != "where"
    }
    return replace(own, **values)


def _filled_value(name: str, own: Any, known: Any) -> Any:
    if own is None or own == ():
        return known
    if isinstance(own, RequestAnswer):
        return _filled(own, known)
    # The settings of one kind of pagination mean nothing to another.
    is_other = name == "paginate" and known and own.get("type", known["type"]) != known["type"]
    if isinstance(own, Mapping) and isinstance(known, Mapping) and not is_other:
        return {**known, **own}
    return own
