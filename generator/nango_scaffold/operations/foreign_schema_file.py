"""A schema.zod.ts that somebody else has written, or edited: what we put into it, and take out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..naming.schemas import schema_name
from ..render.zod.extend import extend_schema_file, is_import, reduce_schema_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..models.types import Alias, Model
    from ..render.zod.extend import Extension


def with_models(
    existing: str, models: Sequence[Model | Alias], earlier: Iterable[Mapping[str, str]]
) -> Extension:
    """The file with the schemas it lacks, and without those of ours whose models are gone.

    Args:
        existing: what it holds.
        models: all models of nango.yaml.
        earlier: what earlier runs have put in, for each integration that is written.
    """
    text, names = existing, [each.name for each in models]
    for added in earlier:
        text, _ = reduce_schema_file(text, added, _gone(added, names))
    return extend_schema_file(text, models)


def without_models(
    existing: str, added: Mapping[str, str], kept: Iterable[str]
) -> tuple[str, tuple[str, ...]]:
    """The file without what was put in, but for the schemas of some models; and what is left since it was edited."""
    return reduce_schema_file(existing, added, _gone(added, kept))


def still_in(added: Mapping[str, str], models: Iterable[str]) -> dict[str, str]:
    """What was put in, without the schemas of models that are gone."""
    gone = _gone(added, models)
    return {name: piece for name, piece in added.items() if name not in gone}


def _gone(added: Mapping[str, str], models: Iterable[str]) -> list[str]:
    """The schemas that were put in, but for those of some models, the last one first."""
    there = {schema_name(str(name)) for name in models}
    return [name for name in reversed([*added]) if not is_import(name) and name not in there]
