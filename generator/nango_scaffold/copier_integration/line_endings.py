"""Files that a repository keeps with CRLF: to Copier's merge, which goes by bytes, every line of them is edited.

So whatever it could not merge is merged once more without regard to line ends, and gets those it had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..commit import merge_file, read
from ..plan import Change
from ..programs import git_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..manifest import Manifest
    from .integrate import StoredIntegration

MARKERS = (b"<<<<<<< before updating", b">>>>>>> after updating")
_LABELS = ("before updating", "last update", "after updating")


def is_marked(data: bytes | None) -> bool:
    """Whether a file holds the marks of a conflict, as Copier writes them."""
    return any(marker in (data or b"") for marker in MARKERS)


def merged_again(project: Path, last: Manifest, integration: StoredIntegration) -> Iterator[Change]:
    """What becomes of the conflicts that line ends alone have made, or made larger.

    Args:
        project: the project, after Copier's merge.
        last: what was written last.
        integration: what it is now.
    """
    for path, theirs in integration.files.items():
        there, base = read(project, [path])[path], last.files.get(path)
        if there is None or base is None or not is_marked(there):
            continue
        yours = git_in(project, "cat-file", "blob", f"HEAD:./{path}").stdout
        if b"\r\n" not in yours or yours.count(b"\r\n") != yours.count(b"\n"):
            continue
        merged = merge_file(base.encode(), yours.replace(b"\r\n", b"\n"), theirs.encode(), _LABELS)
        if merged is None:
            continue
        yield Change(path, there, merged.text.replace(b"\n", b"\r\n"))
        if not merged.conflicts:
            git_in(project, "reset", "--quiet", "--", path)  # Copier has noted a conflict in git's index
