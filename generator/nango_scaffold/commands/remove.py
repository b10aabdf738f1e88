"""The command ``remove``: an integration, or some of its syncs and actions, taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..assemble.answers_file import with_answers_file
from ..assemble.removing import Removal, remove
from ..commit import git_merger
from ..copier_way.follow import followed
from ..plan import Merging
from ..report.removed import removal_as_data, removal_page
from .facts import facts_in_force
from .running import carry_out, find_project, told_of
from .say import say

if TYPE_CHECKING:
    import argparse

    from ..assemble import Reader


def run(options: argparse.Namespace) -> int:
    """Run ``remove``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    project = find_project(options)

    def work(reader: Reader) -> Removal:
        merging = Merging(git_merger(), marks=True)
        facts = facts_in_force(options.integration, project, reader, None)
        removal = remove(options.integration, options.names, reader, merging, facts, project.layout)
        removal = with_answers_file(removal, options.integration, reader)
        return followed(removal, options.integration, reader)

    removal = carry_out(project, work, options)
    told = told_of(options, project, removal, ())
    name = options.integration
    say(removal_page(removal, name, told), options, lambda: removal_as_data(removal, name, told))
    return 1 if removal.has_conflicts else 0
