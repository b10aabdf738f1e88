"""Which nango CLIs a version range of package.json lets in, as npm reads ranges (pure)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

Version: TypeAlias = "tuple[int, ...]"

LAST_WITH_YAML = (0, 69, 43)
"""The last nango CLI that reads nango.yaml."""

_ZERO: Version = (0, 0, 0)
# Texts, which re compiles when they are first used: a new project has no package.json with versions in it.
_HYPHEN = r"(\S+)\s+-\s+(\S+)"
_SPACED = r"(\^|~|>=|<=|>|<|=)\s+"
_COMPARATOR = r"(\^|~>?|>=|<=|>|<|=)?v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+]\S*)?"


@frozen
class Span:
    """Versions from ``low`` up to, but without, ``high``; None: without end."""

    low: Version
    high: Version | None

    def holds_newer_than(self, version: Version) -> bool:
        """Whether a version newer than this one is among them."""
        return self.high is None or self.high > _next(version)

    def is_newer_than(self, version: Version) -> bool:
        """Whether all of them are newer than this one."""
        return self.low > version


def numbers_of(version: str) -> Version:
    """The numbers a version begins with: ``v20.11.0-rc1`` gives (20, 11, 0)."""
    match = re.match(r"\D*(\d+(?:\.\d+)*)", version)
    return tuple(int(number[:9]) for number in match[1].split(".")) if match else ()


def in_words(version: Version) -> str:
    """Numbers as a version."""
    return ".".join(map(str, version))


def spans_of(range_: str) -> tuple[Span, ...]:
    """The versions that a range lets in.

    Args:
        range_: as in package.json: ``^0.71.0``, ``0.69.x || >=0.70``, ``latest``.

    Returns:
        One span for each alternative; none for what is no range, such as a folder or a repository.
    """
    text = range_.strip()
    if text.startswith("npm:"):
        text = text.rpartition("@")[2]
    # Tags: whichever version they name by now, it is a newer one.
    if text in ("latest", "next"):
        return (Span(_next(LAST_WITH_YAML), None),)
    spans = [_span(part) for part in text.split("||")]
    return tuple(span for span in spans if span) if all(spans) else ()


def _span(text: str) -> Span | None:
    text = re.sub(_HYPHEN, r">=\1 <=\2", text)
    low: Version = _ZERO
    high: Version | None = None
    for word in re.sub(_SPACED, r"\1", text).split():
        match = re.fullmatch(_COMPARATOR, word)
        if match is None:
            return None
        below, above = _bounds(match)
        low = max(low, below)
        # A comparator without an upper end leaves that of the others.
        ends = [end for end in (high, above) if end is not None]
        high = min(ends, default=None)
    return Span(low, high)


def _bounds(match: re.Match[str]) -> tuple[Version, Version | None]:
    """The lowest version a comparator lets in, and the lowest above all of them."""
    operator = match[1] or "="
    numbers = tuple(_numbers(match))
    if not numbers:
        return _ZERO, None
    low = (*numbers, 0, 0)[:3]
    above = _next(numbers) if len(numbers) < 3 else _next(low)
    bounds: dict[str, tuple[Version, Version | None]] = {
        ">=": (low, None),
        ">": (_padded(above), None),
        "<": (_ZERO, low),
        "<=": (_ZERO, _padded(above)),
        "=": (low, _padded(above)),
        "~": (low, _padded(_next(numbers[:2]))),
        "~>": (low, _padded(_next(numbers[:2]))),
        "^": (low, _padded(_next(_up_to_significant(numbers)))),
    }
    return bounds[operator]


def _numbers(match: re.Match[str]) -> Iterator[int]:
    for part in match.groups()[1:]:
        if part is None or not part.isdigit():
            return
        # Python takes no number of thousands of digits; a version has nine at most.
        yield int(part[:9])


def _up_to_significant(numbers: Version) -> Version:
    """The numbers that ``^`` holds fast: up to the first that is not 0."""
    significant = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    return numbers[: significant + 1]


def _next(version: Version) -> Version:
    return (*version[:-1], version[-1] + 1)


def _padded(version: Version) -> Version:
    return (*version, 0, 0)[:3]
