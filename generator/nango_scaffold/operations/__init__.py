"""The whole way, without writing: answers and facts, set against a project, become a plan.

Everything here is pure but for the reader it is handed: it looks at the project through that and nothing else.
"""

from __future__ import annotations

from .new import Job, scaffold
from .place import Outcome
from .project import Project, Reader

__all__ = [
    "Job",
    "Outcome",
    "Project",
    "Reader",
    "scaffold",
]
