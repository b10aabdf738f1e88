"""git's own three-way merge of one file: its users know the marks, and their tools find them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..plan.merging import Merge
from ..programs import find_program, git_environment, run_program

if TYPE_CHECKING:
    from ..plan.merging import Merger

_LABELS = ("yours", "written last", "nango-scaffold")
"""What stands behind the marks of yours, of the base and of theirs."""
_MOST_CONFLICTS = 127  # git counts no further; what is above tells of an error


def git_merger() -> Merger | None:
    """The merge of the git that is installed; None when there is none."""
    return merge_file if find_program("git") else None


def merge_file(
    base: bytes, yours: bytes, theirs: bytes, labels: tuple[str, str, str] = _LABELS
) -> Merge | None:
    """Merge one file, in a temporary folder.

    Args:
        base: what both sides began with.
        yours: one side.
        theirs: the other side.
        labels: what stands behind the marks of yours, of the base and of theirs.

    Returns:
        The merged text; None where git refuses, as it does with what is no text.

    Raises:
        OSError: git cannot be run, or the temporary folder not be written.
    """
    import tempfile  # few runs have anything to merge

    # In the order in which git takes them. Named after the sides: no path of the project reaches a command line.
    texts = {"yours": yours, "base": base, "theirs": theirs}
    with tempfile.TemporaryDirectory(prefix="nango-scaffold-") as name:
        folder = Path(name)
        for side, text in texts.items():
            (folder / side).write_bytes(text)
        labelled = [word for label in labels for word in ("-L", label)]
        command = [find_program("git") or "git", "merge-file", "--stdout", "--quiet", *labelled, *texts]
        # A temporary folder may lie in a repository; none is asked for a say in this.
        alone = {**git_environment(), "GIT_CEILING_DIRECTORIES": str(folder.parent)}
        process = run_program(command, folder, alone)
    if not 0 <= process.returncode <= _MOST_CONFLICTS:
        return None
    return Merge(process.stdout, process.returncode)
