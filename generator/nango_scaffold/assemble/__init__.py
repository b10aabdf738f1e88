"""The whole way, without writing: answers and facts, set against a project, become a plan.

Everything here is pure but for the reader it is handed: it looks at the project through that and nothing else.
"""

from __future__ import annotations

from .hand_written import models_of_others
from .jobs import Job, Outcome, scaffold
from .known import known_record, record_in
from .project import Project, Reader

__all__ = [
    "Job",
    "Outcome",
    "Project",
    "Reader",
    "known_record",
    "models_of_others",
    "record_in",
    "scaffold",
]
