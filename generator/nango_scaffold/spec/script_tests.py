"""Tests of generated scripts: recorded responses, and what a script makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Scenario:
    """One test of a script.

    Attributes:
        name: its key in the file of recordings.
        title: what it shows: ``saves the records of the first page``.
        recording: what the script is run with, the responses that it gets, and what is expected of it, as JSON.
        error: the message with which the script ends; empty where it comes through.
        is_exact: whether every expected value is known; else the known ones are compared.
    """

    name: str
    title: str
    recording: Mapping[str, Any]
    error: str = ""
    is_exact: bool = True


@frozen
class ScriptTest:
    """The tests of one script.

    Attributes:
        kind: ``sync`` or ``action``.
        name: the script's name.
        scenarios: its tests, in order.
        takes_input: whether the script is an action with an input.
        has_output: whether it is an action with an output.
        now: the time at which the tests run, in ISO 8601; empty where the script does not ask for the time.
    """

    kind: str
    name: str
    scenarios: tuple[Scenario, ...]
    takes_input: bool = False
    has_output: bool = False
    now: str = ""
