"""How a command speaks: pages on standard output, complaints on standard error, data where ``--json`` asks for it.

In a terminal pages have colours. Elsewhere, with ``NO_COLOR``, or in a terminal that is dumb, they are plain text.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Any

from ..report.page import Level, plain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ..errors import ScaffoldError
    from ..report.page import Page


def say(page: Page, options: argparse.Namespace, data: Callable[[], Any]) -> None:
    """Say what a command did.

    Args:
        page: for people.
        options: those of the command line; ``json``, ``quiet`` and ``verbose`` are heeded.
        data: gives what ``--json`` prints instead; not asked for without it.
    """
    if getattr(options, "json", False):
        say_data(_with_recovery(data(), options))
    else:
        _print(page.at(level_of(options)), sys.stdout)


def _with_recovery(data: Any, options: argparse.Namespace) -> Any:
    """Data with what became of an earlier run that was killed, if there was one."""
    recovery = getattr(options, "recovery", None)
    if recovery is None:
        return data
    outcome = recovery.outcome if recovery.paths else "cleaned up"
    told = {"outcome": outcome, "files": list(recovery.paths), "left": list(recovery.left)}
    return {**data, "recovered": told}


def say_data(data: Any) -> None:
    """Print data as JSON."""
    from ..report import as_json

    print(as_json(data))


def complain(error: ScaffoldError, *, as_data: bool) -> None:
    """Say what went wrong on standard error; with ``--json``, as data on standard output too."""
    from ..report.complaint import complaint, error_data

    if as_data:
        say_data(error_data(error))
    _print(complaint(error), sys.stderr)


def level_of(options: argparse.Namespace) -> Level:
    """How much is to be said."""
    if getattr(options, "quiet", False):
        return Level.QUIET
    return Level.VERBOSE if getattr(options, "verbose", False) else Level.USUAL


def is_rich(stream: IO[str]) -> bool:
    """Whether a stream can show colours, and the user wants them."""
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("dumb", "unknown")
    return stream.isatty() and not unwanted


def _print(page: Page, stream: IO[str]) -> None:
    if not page.parts:
        return
    if is_rich(stream):
        from ..report.terminal import show

        show(page, stream)
    else:
        print(plain(page), end="", file=stream)
