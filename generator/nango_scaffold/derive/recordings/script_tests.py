"""The tests of all scripts of an integration."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from .actions import action_test
from .javascript import UntestableError
from .surroundings import surroundings_of
from .sync_tests import sync_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...spec.integration import IntegrationSpec, ScriptTest
    from ..models.registry import ModelRegistry


def script_tests(spec: IntegrationSpec, models: ModelRegistry) -> tuple[ScriptTest, ...]:
    """The tests of each script; none of a script of which nobody can tell beforehand what it does."""
    return tuple(_tests(spec, models))


def _tests(spec: IntegrationSpec, models: ModelRegistry) -> Iterator[ScriptTest]:
    around = surroundings_of(spec, models)
    for sync in spec.syncs:
        with suppress(UntestableError):
            yield sync_test(sync, around)
    for action in spec.actions:
        with suppress(UntestableError):
            yield action_test(action, around)
