"""The tests of all scripts of an integration."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from .actions import action_test
from .javascript import UntestableError
from .surroundings import surroundings_of
from .sync_tests import sync_test

if TYPE_CHECKING:
    from ...spec.integration import IntegrationSpec, ScriptTest
    from ..models.registry import ModelRegistry


def script_tests(spec: IntegrationSpec, models: ModelRegistry) -> tuple[ScriptTest, ...]:
    """The tests of each script; none of a script of which nobody can tell beforehand what it does."""
    around = surroundings_of(spec, models)
    tests: list[ScriptTest] = []
    for sync in spec.syncs:
        with suppress(UntestableError):
            tests.append(sync_test(sync, around))
    for action in spec.actions:
        with suppress(UntestableError):
            tests.append(action_test(action, around))
    return tuple(tests)
