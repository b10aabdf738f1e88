"""The command line as a process of its own: ``nango-scaffold``, and ``python -m nango_scaffold``."""

from __future__ import annotations

import gc
import os
import sys

if __name__ == "__main__" and sys.path[0] == os.getcwd() != os.path.dirname(os.path.dirname(__file__)):
    del sys.path[
        0
    ]  # with -m it is the current folder, which may be a stranger's project with a yaml.py in it

from .cli import main


def run() -> int:
    """Run one command, and give its exit code.

    The cyclic garbage collector rests: a run is short and makes hardly any cycles, and searching for them, the last
    time on the way out, took an eighth of it.
    """
    gc.disable()
    try:
        return main()
    finally:
        gc.freeze()  # what is frozen is not searched at the end either


if __name__ == "__main__":
    sys.exit(run())
