"""The command line as a process of its own: ``nango-scaffold``, and ``python -m nango_scaffold``.

Nothing of the program is imported before :func:`run` can tell of Ctrl-C, or of an import that fails.
"""

from __future__ import annotations

import gc
import os
import sys

if __name__ == "__main__" and sys.path[0] == os.getcwd() != os.path.dirname(os.path.dirname(__file__)):
    # With -m it is the current folder, which may be a stranger's project with a yaml.py in it.
    del sys.path[0]

from .signals import Ending


def run() -> int:
    """Run one command, and give its exit code.

    The cyclic garbage collector rests: a run is short and makes hardly any cycles, and searching for them, the last
    time on the way out, took an eighth of it.
    """
    ending = Ending()
    gc.disable()
    try:
        ending.listen()
        code = _main()
        # A signal until here is caught below, one from here on ends the process.
        ending.stop_listening()
    # Before `main` could hear of it, while it was saying so, or after it.
    except KeyboardInterrupt:
        ending.stop_listening()
        code = _interrupted()
    # What is frozen is not searched at the end either.
    gc.freeze()
    return ending.exit_code(code)


def _main() -> int:
    """The command line's exit code, or that of a program which cannot be loaded."""
    try:
        from .cli import main

        return main()
    except Exception as error:
        return _broken(error)


def _interrupted() -> int:
    """Say so without the program, which may not be loaded."""
    if sys.stderr is not None:
        sys.stderr.write("nango-scaffold: interrupted; nothing was left half-done\n")
    return 130


def _broken(error: Exception) -> int:
    """Say that the program cannot be loaded: its installation is broken, or memory is short."""
    if sys.stderr is not None:
        # The message may name files of strangers, and what makes text visible may be what cannot be loaded.
        kind = ascii(f"{type(error).__name__}: {error}")[1:-1]
        sys.stderr.write(
            f"nango-scaffold: it cannot start: {kind}; install it again (Python {sys.version.split()[0]})\n"
        )
    return 70


if __name__ == "__main__":
    sys.exit(run())
