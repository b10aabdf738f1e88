"""The name of a model's zod schema in schema.zod.ts."""

from __future__ import annotations

import re

_START_OF_WORD = re.compile(r"(?:^|_)+([A-Za-z])")
_SEPARATOR = re.compile(r"_+(.|$)")


def schema_name(model: str) -> str:
    """The variable that holds a model's schema: camel case as ts-to-zod 3 makes it, and ``Schema``.

    ts-to-zod takes the camel case of the npm package ``case``: only underscores separate words, and a run of capitals
    stays as it is but for the first letter (``HTTPResponse`` -> ``hTTPResponseSchema``), unless all letters are
    capitals (``ID`` -> ``idSchema``). A model's name has letters, digits and underscores.
    """
    words = model if any(letter.islower() for letter in model) else model.lower()
    # An underscore between two characters becomes a blank first, so that a digit after it stays lower.
    joined = _START_OF_WORD.sub(lambda match: match[1].upper(), words)
    name = _SEPARATOR.sub(lambda match: match[1], joined)
    return f"{name[:1].lower()}{name[1:]}Schema"
