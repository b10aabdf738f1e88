"""The rules, group by group: every class with an id is one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..rule import Rule
from . import (
    action_pages,
    action_types,
    actions,
    api_calls,
    arguments,
    dates,
    endpoints,
    entries,
    guesses,
    imports,
    layout,
    logs,
    mappers,
    models,
    names,
    optional_fields,
    pagination,
    paging,
    request_paths,
    requests,
    sync_flow,
    syncs,
    types,
    validation,
    yaml,
)

if TYPE_CHECKING:
    from types import ModuleType

_GROUPS = (  # what nango.yaml and files say; requests and mappers; syncs and actions
    (yaml, entries, models, endpoints, layout, names, types, imports),
    (requests, request_paths, logs, pagination, arguments, api_calls, mappers, optional_fields),
    (syncs, paging, sync_flow, actions, action_pages, action_types, validation, dates, guesses),
)


def rules_of(module: ModuleType) -> list[Rule]:
    """The rules that a module defines, in the order of its text."""
    classes = [value for value in vars(module).values() if isinstance(value, type)]
    own = [value for value in classes if value.__module__ == module.__name__ and "id" in vars(value)]
    return [rule() for rule in own if issubclass(rule, Rule)]


RULES = tuple(rule for group in _GROUPS for module in group for rule in rules_of(module))


def rules_by_group() -> dict[str, list[Rule]]:
    """The rules in the order of their ids, by what they are about: what the module of each is headed."""
    groups: dict[str, list[Rule]] = {}
    for rule in RULES:
        groups.setdefault(_subject(rule), []).append(rule)
    return {subject: sorted(rules, key=lambda rule: rule.id) for subject, rules in groups.items()}


def _subject(rule: Rule) -> str:
    text = sys.modules[type(rule).__module__].__doc__ or ""
    return text.strip().split("\n")[0].removesuffix(".")
