"""An integration written by hand, or from a template of Nango's, in the words of the answers (pure but for its reader).

nango.yaml tells names, models and endpoints; the scripts are read by a small reader of literals that says what it did
not understand. Whatever the answers then say is checked by deriving from them: what comes out is set against what is
there, and every difference is named.
"""

from __future__ import annotations

from .adopt import Adoption, adopt
from .entries import Unexpressed

__all__ = ["Adoption", "Unexpressed", "adopt"]
