"""The answers as frozen data, nothing derived. ``None`` means unset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from ..frozen import frozen

NOTHING = "none"
"""The value of an action's ``input`` or ``output`` that has none."""

SCHEMA_FILES = AT_ROOT, BESIDE = ("root", "integration")
"""Where schema.zod.ts is: beside nango.yaml, or in the folder of the integration."""

ScalarValue = str | int | float | bool
ParamValue = ScalarValue | Mapping[str, ScalarValue]
"""The value of a parameter or a header; a mapping has it as ``value``, and the condition under which it is sent as ``when``."""


def model_in(type_: str | None) -> str | None:
    """The model that an action's input or output is, or is a list of; ``None`` for none.

    >>> model_in("Item[]"), model_in("Item"), model_in("string[]"), model_in(NOTHING)
    ('Item', 'Item', None, None)
    """
    name = (type_ or "").removesuffix("[]")
    return name if name[:1].isupper() else None


@frozen
class EndpointAnswer:
    """The endpoint in nango.yaml."""

    method: str | None = None
    path: str | None = None
    group: str | None = None


@frozen
class IncrementalAnswer:
    """How lastSyncDate is used: a parameter of the API, a field to stop at, or not at all (``NOTHING``)."""

    param: str | None = None
    field: str | None = None
    is_none: bool = False


@frozen
class RequestAnswer:
    """The request to the provider's API.

    ``body``, ``encoding`` and ``response_type`` only in actions, ``incremental`` only in syncs. ``data`` names fields of
    an action's input, and is the body itself in a sync, as ``json`` is in both.
    """

    method: str | None = None
    path: str | None = None
    base_url: str | None = None
    docs: str | None = None
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    headers: Mapping[str, ParamValue] = field(default_factory=dict)
    data: tuple[str, ...] | Mapping[str, Any] | None = None
    json: Mapping[str, Any] | tuple[Any, ...] | None = None
    graphql: Mapping[str, Any] | None = None
    body: str | None = None
    encoding: str | None = None
    response_type: str | None = None
    paginate: Mapping[str, Any] | None = None
    response_path: str | None = None
    record_path: str | None = None
    errors_path: str | None = None
    incremental: IncrementalAnswer | None = None
    retries: int | None = None

    @property
    def has_body(self) -> bool:
        """Whether the answers say what the body is."""
        return any(body is not None for body in (self.data, self.body, self.json))

    @property
    def is_binary(self) -> bool:
        """Whether the API sends bytes."""
        return self.response_type == "binary"

    @property
    def has_single_page(self) -> bool:
        """Whether pagination is switched off."""
        return (self.paginate or {}).get("type") == "none"


@frozen
class LookupAnswer:
    """A request that is sent before the others, and where the value they need is in its response.

    ``from_sync`` and ``id`` instead of a request: of a record that a sync saved.
    """

    name: str
    pick: str
    request: RequestAnswer
    from_sync: str | None = None
    id: str | None = None


@frozen
class FurtherRequest:
    """A request beside a script's own: for the details of a record, or to read back what was written."""

    request: RequestAnswer


@frozen
class ParentsAnswer:
    """A list that is walked and not saved; ``from_parent``: model field <- property of an entry of the list."""

    request: RequestAnswer
    from_parent: Mapping[str, str] = field(default_factory=dict)


@frozen
class FetchAnswer:
    """A further request of a sync: that of another model, or of the children of each record.

    ``model`` and ``from_parent`` (model field <- field of the parent's model) only for children, ``source`` (the model in
    whose response the records are, ``from`` in the answers) only for other models.
    """

    model: str = ""
    source: str | None = None
    request: RequestAnswer = field(default_factory=RequestAnswer)
    mapping: Mapping[str, Any] = field(default_factory=dict)
    endpoint: EndpointAnswer = field(default_factory=EndpointAnswer)
    from_parent: Mapping[str, str] = field(default_factory=dict)
    detail: FurtherRequest | None = None

    @property
    def every_request(self) -> tuple[RequestAnswer, ...]:
        """Its request, and that of the details."""
        return (self.request, *([self.detail.request] if self.detail else ()))


@frozen
class DeletedAnswer:
    """How deleted records are recognized: by a field of theirs, by an expression, or by a request that lists them."""

    field: str | None = None
    value: ScalarValue | None = None
    when: str | None = None
    id_path: str | None = None
    param: str | None = None
    request: RequestAnswer = RequestAnswer()


@frozen
class SyncAnswer:
    """One sync; ``where`` is its place in the answers (``syncs[0]``), for messages."""

    where: str
    name: str
    model: str | None = None
    models: tuple[str, ...] | None = None
    description: str | None = None
    runs: str | None = None
    sync_type: str | None = None
    track_deletes: bool | None = None
    auto_start: bool | None = None
    save_metadata: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    pattern: str | None = None
    metadata: str | None = None
    scopes: tuple[str, ...] | None = None
    endpoint: EndpointAnswer = field(default_factory=EndpointAnswer)
    request: RequestAnswer = field(default_factory=RequestAnswer)
    mapping: Mapping[str, Any] = field(default_factory=dict)
    window: Mapping[str, Any] | None = None
    extended: Mapping[str, Any] | None = None
    selection: Mapping[str, Any] | None = None
    configuration: Mapping[str, Any] | None = None
    requests: Mapping[str, FetchAnswer] = field(default_factory=dict)
    children: FetchAnswer | None = None
    deleted: DeletedAnswer | None = None
    version: str | int | None = None
    webhook_subscriptions: tuple[str, ...] = ()
    webhook: Mapping[str, str] | None = None
    lookups: tuple[LookupAnswer, ...] = ()
    parents: ParentsAnswer | None = None
    detail: FurtherRequest | None = None

    @property
    def every_request(self) -> tuple[RequestAnswer, ...]:
        """Every request of the sync."""
        requests = [self.request]
        for fetch in (*self.requests.values(), self.children):
            requests += fetch.every_request if fetch else ()
        single = (*self.lookups, self.parents, self.detail, self.deleted)
        requests += [part.request for part in single if part]
        return tuple(requests)

    @property
    def is_paginated(self) -> bool:
        """Whether the sync has the default pattern, which goes through the pages of a list."""
        return self.pattern in (None, "paginated")

    @property
    def output_model(self) -> str | None:
        """The model of its own request, if the answers name it: ``model``, or the first of ``models``."""
        if self.model is None and self.models:
            return self.models[0]
        return self.model

    @property
    def other_models(self) -> tuple[str, ...]:
        """The models that further requests of the sync save: those of ``models`` beyond its own."""
        models = self.models or ()
        return models[1:] if self.model is None else models

    @property
    def further_models(self) -> tuple[str, ...]:
        """The models that the sync saves beyond its own: the other models, then its children's."""
        return (*self.other_models, *([self.children.model] if self.children else ()))


@frozen
class ActionAnswer:
    """One action; ``where`` is its place in the answers (``actions[0]``), for messages.

    ``input`` and ``output`` are a model, a list such as ``Item[]``, a plain type such as ``string``, or ``NOTHING``.
    """

    where: str
    name: str
    input: str | None = None
    output: str | None = None
    metadata: str | None = None
    description: str | None = None
    scopes: tuple[str, ...] | None = None
    endpoint: EndpointAnswer = field(default_factory=EndpointAnswer)
    request: RequestAnswer = field(default_factory=RequestAnswer)
    mapping: Mapping[str, Any] = field(default_factory=dict)
    paginated: bool | None = None
    version: str | int | None = None
    dates: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Mapping[str, str], ...] = ()
    from_sync: str | None = None
    from_sync_key: str | None = None
    from_sync_host: str | None = None
    lookups: tuple[LookupAnswer, ...] = ()
    read_back: FurtherRequest | None = None

    @property
    def every_request(self) -> tuple[RequestAnswer, ...]:
        """Every request of the action."""
        further = (*self.lookups, self.read_back)
        return (self.request, *(part.request for part in further if part))

    @property
    def output_model(self) -> str | None:
        """The model that the output is; ``None`` where it is none, or a list."""
        return self.output if self.output == model_in(self.output) else None

    @property
    def listed_model(self) -> str | None:
        """The model of the items, where the output is a list of a model."""
        return None if self.output == model_in(self.output) else model_in(self.output)

    @property
    def plain_output(self) -> str | None:
        """The plain type that the output is, or is a list of: ``string``."""
        is_plain = self.output not in (None, NOTHING) and model_in(self.output) is None
        return self.output if is_plain else None


@frozen
class Answers:
    """The answers for one integration.

    Attributes:
        integration: folder and nango.yaml key; the provider's key by default.
        models: nango.yaml's own model language as data, in the order written.
        responses: raw response types by model, in the same language.
        provider_facts: a provider entry written by hand, or ``None``.
        on_events: names of scripts by the event of a connection.
        prefix_models: whether every model has the integration's name in front.
        schema_file: one of ``SCHEMA_FILES``.
        readme: whether there is a README.md.
        inferred_from: by the name of a script, the API document or the sample that its answers were inferred from.
        tests: whether tests come with the scripts.
        raw: the answers as plain data, as they were read, for the manifest.
    """

    provider: str
    integration: str
    syncs: tuple[SyncAnswer, ...] = ()
    actions: tuple[ActionAnswer, ...] = ()
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    responses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    provider_facts: Mapping[str, Any] | None = None
    on_events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefix_models: bool = False
    schema_file: str = AT_ROOT
    readme: bool | None = None
    inferred_from: Mapping[str, str] = field(default_factory=dict)
    tests: bool | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def scripts(self) -> tuple[SyncAnswer | ActionAnswer, ...]:
        """The syncs, then the actions."""
        return (*self.syncs, *self.actions)
