"""What lies in a folder of the project, by name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def folders_in(folder: Path) -> list[str]:
    """The names of the folders in a folder, sorted; none where there is no such folder, or it cannot be looked into."""
    try:
        with os.scandir(folder) as found:
            return sorted(each.name for each in found if each.is_dir())
    except OSError:
        return []
