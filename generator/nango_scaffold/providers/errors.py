"""What can be wrong with a catalogue of providers."""

from __future__ import annotations

from ..errors import AnswersError, ProjectError

UNUSABLE = "Install Nango's packages again, or name another providers.yaml with --providers."
"""What to do about a catalogue that cannot be used."""


class CatalogueError(ProjectError):
    """A providers.yaml, or one entry of it, that cannot be used."""


def as_answer(error: CatalogueError) -> AnswersError:
    """The same of a file that was named on the command line."""
    return AnswersError(
        f"{error.where}: {error.what}", where="--providers", fix=error.fix, accepted=error.accepted
    )
