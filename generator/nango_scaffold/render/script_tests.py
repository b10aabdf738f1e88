"""What the templates of tests are filled with beside their spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..spec.integration import IntegrationSpec
    from ..spec.script_tests import ScriptTest

SUPPORT = "nango-mock"
"""The file that the tests of an integration share."""


@frozen
class TestView:
    """The tests of one script.

    Attributes:
        stem: the names of its files without ending.
        recordings: what they play, by the name of the scenario.
    """

    stem: str
    spec: ScriptTest
    recordings: Mapping[str, Any]


def test_views(spec: IntegrationSpec) -> tuple[TestView, ...]:
    """The tests of each script that has some."""
    return tuple(
        TestView(
            f"{spec.integration}-{test.name}", test, {case.name: case.recording for case in test.scenarios}
        )
        for test in spec.tests or ()
    )
