"""What we wrote last, kept in the integration's folder: the base against which the user's edits show.

Without it a run could not tell an edited file from an old one, nor a deleted entry from a new one. It is plain JSON,
written in the same commit as everything else, and safe to delete: then the user's files simply win. Like everything in a
project it is untrusted: ``reading`` checks every key of it, and what it may name.
"""

from .manifest import FORMAT, PROJECT_FILES, HandWritten, Manifest, Undo, UndoBaseline, digest, to_text

NAME = ".nango-scaffold.json"

__all__ = [
    "FORMAT",
    "NAME",
    "PROJECT_FILES",
    "HandWritten",
    "Manifest",
    "Undo",
    "UndoBaseline",
    "digest",
    "to_text",
]
