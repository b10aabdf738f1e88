"""The command line as a process of its own: ``nango-scaffold``, and ``python -m nango_scaffold``.

Nothing of the program is imported before :func:`run` can tell of Ctrl-C, or of an import that fails.
"""

from __future__ import annotations

import gc
import sys


def run() -> int:
    """Run one command, and give its exit code.

    The cyclic garbage collector rests: a run is short and makes hardly any cycles, and searching for them, the last
    time on the way out, took an eighth of it.
    """
    gc.disable()
    try:
        from .cli import main

        return main()
    except KeyboardInterrupt:  # before `main` could hear of it, or while it was saying so
        return _interrupted()
    except Exception as error:
        return _broken(error)
    finally:
        gc.freeze()  # what is frozen is not searched at the end either


def _interrupted() -> int:
    """Say so without the program, which may not be loaded."""
    if sys.stderr is not None:
        sys.stderr.write("nango-scaffold: interrupted; nothing was left half-done\n")
    return 130


def _broken(error: Exception) -> int:
    """Say that the program cannot be loaded: its installation is broken, or memory is short."""
    if sys.stderr is not None:
        kind = ascii(f"{type(error).__name__}: {error}")[1:-1]
        sys.stderr.write(
            f"nango-scaffold: it cannot start: {kind}; install it again (Python {sys.version.split()[0]})\n"
        )
    return 70


if __name__ == "__main__":
    sys.exit(run())
