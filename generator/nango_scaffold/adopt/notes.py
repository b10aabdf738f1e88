"""What the answers format could not take up."""

from __future__ import annotations

from ..frozen import frozen


@frozen
class Unexpressed:
    """Something of the integration that its answers do not hold: it stays as it is, where it is.

    Attributes:
        place: a file with a line, or a path of nango.yaml.
        reason: what it is, in a few words.
    """

    place: str
    reason: str
