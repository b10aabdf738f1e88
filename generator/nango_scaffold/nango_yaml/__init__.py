"""The nango.yaml editor: text in, text out, not one unrelated byte changed.

An edit is planned on data (``plan``, ``model_plan``), turned into insertions and deletions at node positions
(``splice``), and verified by parsing the result again (``verify``). What cannot be done so is refused.
"""

from .document import Document, decode, read
from .draft import Draft, Put, begin, house_style
from .edits import ABSENT, Block, Difference
from .merge import Merged, Removed, merge, remove
from .references import script_models, type_names
from .refusal import ModelClash, Refused
from .single import put, take

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
    "house_style",
    "merge",
    "put",
    "read",
    "remove",
    "script_models",
    "take",
    "type_names",
]
