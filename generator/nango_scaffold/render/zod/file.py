"""The whole of schema.zod.ts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...typescript.printer.fit import fit_lines
from ..engine import macros
from .order import Placed, arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...models.types import Alias, Model

ZOD_IMPORT = "import { z } from 'zod';"
_MACROS = "template/macros/zod.ts.jinja"


def schema_file(models: Iterable[Model | Alias], *, typed: bool = True, root: str = ".") -> str:
    """The text of the root ``schema.zod.ts`` for all models and aliases of a nango.yaml.

    The same bytes as ts-to-zod 3.13.0 gives over the CLI's ``.nango/schema.ts`` after prettier with upstream's
    options, but for ``z.record(z.string(), T)``.

    Args:
        models: what ``read_models`` gives.
        typed: whether schemas of models in a circle name the types of these; see ``Placed``.
        root: the folder of nango.yaml, from that of the file.
    """
    placed = arrange(models, typed=typed)
    head: str = macros(_MACROS).head(type_imports(placed, root))
    return head + "".join(f"\n{statement(each)}\n" for each in placed)


def type_imports(placed: Sequence[Placed], root: str) -> list[str]:
    """The import of the types that lazy schemas need; no line when there are none."""
    names = [each.definition.name for each in placed if each.lazy and each.typed]
    return [fit_lines(macros(_MACROS).type_import(names, root))] if names else []


@lru_cache(maxsize=1 << 15)  # a run renders the models of before and of after, nearly all the same
def statement(placed: Placed) -> str:
    """``export const userSchema = ...;``; a schema that is part of a circle is lazy and typed."""
    return fit_lines(macros(_MACROS).statement(placed))
