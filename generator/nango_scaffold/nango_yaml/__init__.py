"""The nango.yaml editor: text in, text out, not one unrelated byte changed.

An edit is planned on data (``three_way``, ``model_plan``), turned into insertions and deletions at node positions
(``splice``), and verified by parsing what changed again (``verify``). What cannot be done so is refused.
"""

from .api import Merged, Removed, edited_entries, merge, remove
from .document import Document, decode, read
from .draft import Draft, Put, begin, house_style
from .edits import ABSENT, Block, Difference
from .errors import ModelClash, Refused
from .references import script_models, type_names

__all__ = [
    "ABSENT",
    "Block",
    "Difference",
    "Document",
    "Draft",
    "Merged",
    "ModelClash",
    "Put",
    "Refused",
    "Removed",
    "begin",
    "decode",
    "edited_entries",
    "house_style",
    "merge",
    "read",
    "remove",
    "script_models",
    "type_names",
]
