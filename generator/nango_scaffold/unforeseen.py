"""The last handler of the program: an unforeseen error becomes one line, and a way to report it."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress

from . import __version__
from .errors import ScaffoldError
from .output import write
from .visible import visible_line

TRACEBACK = "NANGO_SCAFFOLD_TRACEBACK"
"""The environment variable that asks for the traceback."""

_LONGEST = 300
HOW_TO_REPORT = f"run it again with {TRACEBACK}=1 and report what that prints"


class UnforeseenError(ScaffoldError):
    """An error of the program itself."""

    exit_code = 70


def report(error: Exception, *, as_data: bool) -> int:
    """Say what happened in one line on standard error, and with ``--json`` as data on standard output too.

    Args:
        error: the error.
        as_data: whether data was asked for.

    Returns:
        The exit code.
    """
    what = described(error)
    # Memory may be short, or the very code that prints may be broken.
    with suppress(Exception):
        if os.environ.get(TRACEBACK):
            write("".join(traceback.format_exception(error)), sys.stderr)
    try:
        write(f"nango-scaffold: {what}; {HOW_TO_REPORT}\n", sys.stderr)
        if as_data:
            _say_as_data(what)
    except Exception:
        with suppress(OSError):
            os.write(2, b"nango-scaffold: an internal error, and its report failed, too\n")
    return UnforeseenError.exit_code


def described(error: Exception) -> str:
    """An error in one line: its kind, its message, where it was raised, and the version."""
    try:
        message = str(error)
    # An exception of a library may fail while it spells itself.
    except Exception:
        message = ""
    kind = type(error).__name__
    sentence = visible_line(f"{kind}: {message}" if message else kind)
    shortened = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}..."
    python = ".".join(map(str, sys.version_info[:3]))
    return f"internal error: {shortened} ({_place(error)}nango-scaffold {__version__}, Python {python})"


def _place(error: Exception) -> str:
    """The last line of the program's own that the error passed, as ``commands/new.py:43, ``."""
    package = os.path.dirname(os.path.abspath(__file__)) + os.sep
    frames = list(traceback.walk_tb(error.__traceback__))
    for frame, number in reversed(frames):
        name = frame.f_code.co_filename
        if name.startswith(package):
            return f"{name.removeprefix(package).replace(os.sep, '/')}:{number}, "
    return ""


def _say_as_data(what: str) -> None:
    from .output import write_json
    from .report import as_json
    from .report.error import error_data

    data = error_data(UnforeseenError(what, fix=HOW_TO_REPORT))
    write_json(f"{as_json(data)}\n", sys.stdout)
