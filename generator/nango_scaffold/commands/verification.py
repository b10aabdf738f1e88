"""The proof that ``--verify`` asks for: the project's own CLI generates and compiles what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..project import look
from .progress import waiting

if TYPE_CHECKING:
    import argparse

    from ..report import Run
    from ..report.page import Part
    from .clock import Clock


@frozen
class Proof:
    """What came of it, and how it is said."""

    passed: bool
    parts: tuple[Part, ...]
    data: dict[str, Any]


def prove(run: Run, options: argparse.Namespace, clock: Clock) -> Proof:
    """Verify the integrations that a run has written, in the project as it is now.

    Raises:
        ProjectError: nango.yaml cannot be read.
    """
    from .. import verify  # nothing of it is needed by a run that does not verify

    names = {integration.name for integration in run.integrations}
    with waiting(options) as tell, clock.step("verify"):
        verdict = verify.verify(look(options.project), tell)
    said = {"verify": verify.as_data(verdict, names)}
    return Proof(verdict.passes(names), tuple(verify.parts(verdict, names)), said)
