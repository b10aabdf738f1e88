"""Answers of a sync that exclude each other: parts of one pattern in another, requests of no model."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ...answers import RequestAnswer
from ...errors import AnswersError
from ...spec.patterns import Configuration
from ...spec.values import PARENT
from ..mapping.field_source import fields_that_read
from .patterns import is_always_full

if TYPE_CHECKING:
    from ...answers import SyncAnswer


def validate_sync(sync: SyncAnswer) -> None:
    """Refuse parts of a sync's answers that cannot stand together.

    Raises:
        AnswersError: ``model`` beside ``models``; a request of a model the sync does not save; several models,
            children or deletions in a pattern with a loop of its own; a webhook without subscriptions;
            an incremental sync of a pattern that always asks for everything (rule S06).
    """
    if sync.models is not None and (sync.model is not None or not sync.models):
        raise AnswersError(
            "name the output either as `model` or as a list of `models`",
            where=f"{sync.where}.models",
            fix="accepted: `model: User`, or `models: [User, Team]`",
        )
    _refuse_unused_requests(sync)
    _refuse_requests_beside_sources(sync)
    _refuse_beside_patterns(sync)
    if sync.webhook is not None and not sync.webhook_subscriptions:
        raise AnswersError(
            "no webhook is subscribed to",
            where=f"{sync.where}.webhook",
            fix="name them, such as webhook_subscriptions: [contact.created]",
        )
    _refuse_unfit_webhook(sync)
    _refuse_beside_configurations(sync)
    if sync.sync_type == "incremental" and is_always_full(sync.pattern):
        raise AnswersError(
            f"the pattern {sync.pattern} asks for everything each time, and has no use for lastSyncDate",
            where=f"{sync.where}.sync_type",
            fix="leave it out: such a sync is a full one",
        )


def _refuse_beside_configurations(sync: SyncAnswer) -> None:
    """Refuse what has no place where the metadata names the models and their fields."""
    if sync.pattern != Configuration.NAME:
        return
    if sync.detail is not None:
        raise AnswersError(
            "the pattern configuration asks for the configured fields of each record in its list",
            where=f"{sync.where}.detail",
            fix="remove it, or write a sync of another pattern",
        )
    if sync.webhook_subscriptions:
        raise AnswersError(
            "a webhook does not tell which of the configured models its record is of",
            where=f"{sync.where}.webhook_subscriptions",
            fix="remove it, or write a sync of another pattern for it",
        )


def _refuse_unfit_webhook(sync: SyncAnswer) -> None:
    """Refuse webhooks where a record takes more than the payload holds: the entry it was listed for."""
    parts = {
        "parents.from_parent": sync.parents and sync.parents.from_parent,
        "mapping": sync.parents and fields_that_read(sync.mapping, PARENT),
    }
    for name, part in parts.items():
        if part and sync.webhook_subscriptions:
            raise AnswersError(
                f"a webhook's payload holds none of what {name} adds to a record, which would be saved without it",
                where=f"{sync.where}.webhook_subscriptions",
                fix=f"remove it, or {name}",
            )


def _refuse_unused_requests(sync: SyncAnswer) -> None:
    further = (sync.models or ())[1:]
    for name in sync.requests:
        if name not in further:
            what = f"{name} is none of the models this sync saves beyond its first"
            if (sync.models or ())[:1] == (name,):
                what = f"{name} is the first of the models, whose request is `request`"
            raise AnswersError(
                what,
                where=f"{sync.where}.requests.{name}",
                fix="" if further else "accepted: `request`, as the sync has one model",
                accepted=further,
            )


def _refuse_requests_beside_sources(sync: SyncAnswer) -> None:
    """Refuse records that come from another response than the first one, or from that and from one of their own."""
    first = (sync.models or ("",))[0]
    for name, fetch in sync.requests.items():
        where = f"{sync.where}.requests.{name}"
        if fetch.source not in (None, first):
            raise AnswersError(
                f"{fetch.source} is not the first of the models, whose response can hold records of {name}",
                where=f"{where}.from",
                fix=f"accepted: {first}",
            )
        # The one key of a request that says something of another's response.
        own = [key for key in _keys_of_request(fetch.request) if key != "response_path"]
        if fetch.source and own:
            raise AnswersError(
                f"the records of {name} come from the response of {first}, and have no request of their own",
                where=f"{where}.{own[0]}",
                fix="leave it out, or remove `from`",
            )
        if fetch.source and not fetch.request.response_path:
            raise AnswersError(
                f"it is not known where the records of {name} are in the response of {first}",
                where=f"{where}.response_path",
                fix="say it, such as response_path: included.teams",
            )


def _keys_of_request(request: RequestAnswer) -> list[str]:
    """The keys of a request that the answers set."""
    unset = RequestAnswer()
    return [each.name for each in fields(request) if getattr(request, each.name) != getattr(unset, each.name)]


def _refuse_beside_patterns(sync: SyncAnswer) -> None:
    if sync.is_paginated:
        return
    parts = {
        "models": sync.other_models,
        "children": sync.children,
        "parents": sync.parents,
        "deleted": sync.deleted,
    }
    for name, part in parts.items():
        if part:
            raise AnswersError(
                f"the pattern {sync.pattern} has a loop of its own, for one model",
                where=f"{sync.where}.{name}",
                fix="remove it, or write a sync of the pattern paginated for it",
            )
