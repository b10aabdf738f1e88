"""Keeping large files fast."""

from __future__ import annotations

import gc
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Args = ParamSpec("Args")
Result = TypeVar("Result")


def without_collector(operation: Callable[Args, Result]) -> Callable[Args, Result]:
    """Pause the cyclic garbage collector while an operation runs.

    A parsed file is many objects and no cycles: the collector would search all of them again and again and find
    nothing, which takes several times as long as the parsing.
    """

    @wraps(operation)
    def paused(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        if not gc.isenabled():
            return operation(*args, **kwargs)
        gc.disable()
        try:
            return operation(*args, **kwargs)
        finally:
            gc.enable()

    return paused
