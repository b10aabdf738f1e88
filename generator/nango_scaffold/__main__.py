"""The command line as a process of its own: ``nango-scaffold``, and ``python -m nango_scaffold``."""

from __future__ import annotations

import gc
import sys

from .cli import main
from .signals import end_as_interrupted


def run() -> int:
    """Run one command, and give its exit code.

    The cyclic garbage collector rests: a run is short and makes hardly any cycles, and searching for them, the last
    time on the way out, took an eighth of it.
    """
    ending = end_as_interrupted()
    gc.disable()
    try:
        return ending.exit_code(main())
    finally:
        gc.freeze()  # what is frozen is not searched at the end either


if __name__ == "__main__":
    sys.exit(run())
