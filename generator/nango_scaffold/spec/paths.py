"""Paths into the third party's data: ``user.login``, ``paging.next.after``, ``@odata.nextLink``."""

from __future__ import annotations

import re

Path = tuple[str, ...]

# An annotation of OData is one property, though there are dots in its name.
_STEP = re.compile(r"@(?:microsoft\.graph|[^.]+)\.[^.]+|[^.]+")


def steps_of(path: str) -> Path:
    """The properties on the way, from the outermost in; none for an empty path.

    >>> steps_of("paging.next.after"), steps_of("@odata.nextLink")
    (('paging', 'next', 'after'), ('@odata.nextLink',))
    """
    return tuple(_STEP.findall(path))
