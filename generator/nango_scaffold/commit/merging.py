"""git's own three-way merge of one file: its users know the marks, and their tools find them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..plan.merging import Merge

if TYPE_CHECKING:
    from ..plan.merging import Merger

_LABELS = {"yours": "yours", "base": "written last", "theirs": "nango-scaffold"}
"""What stands behind the marks, by the name of the temporary file, in the order that git takes them."""
_MOST_CONFLICTS = 127  # git counts no further; what is above tells of an error


def git_merger() -> Merger | None:
    """The merge of the git that is installed; None when there is none."""
    return _merge if shutil.which("git") else None


def _merge(base: bytes, yours: bytes, theirs: bytes) -> Merge | None:
    """Merge one file, in a temporary folder.

    Returns:
        The merged text; None where git refuses, as it does with what is no text.
    """
    import subprocess  # few runs have anything to merge
    import tempfile

    texts = {"yours": yours, "base": base, "theirs": theirs}
    with tempfile.TemporaryDirectory(prefix="nango-scaffold-") as name:
        folder = Path(name)
        for side, text in texts.items():
            (folder / side).write_bytes(text)
        labels = [word for label in _LABELS.values() for word in ("-L", label)]
        command = ["git", "merge-file", "--stdout", "--quiet", *labels, *_LABELS]
        found = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if not 0 <= found.returncode <= _MOST_CONFLICTS:
        return None
    return Merge(found.stdout, found.returncode)
