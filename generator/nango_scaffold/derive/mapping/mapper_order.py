"""What a set of mappers must not be: files of one name, or files that import each other in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import kebab

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...spec.mappers import DynamicMapper, Mapper


def refuse_tangled(mappers: Iterable[Mapper | DynamicMapper]) -> None:
    """Refuse mappers that cannot be written beside each other.

    Raises:
        AnswersError: two models whose names differ only in case or underscores; models that hold each other.
    """
    owners: dict[str, str] = {}
    uses: dict[str, tuple[str, ...]] = {}
    for mapper in mappers:
        other = owners.setdefault(kebab(mapper.model), mapper.model)
        if other != mapper.model:
            raise AnswersError(
                f"{other} and {mapper.model} would have one mapper file, to-{kebab(mapper.model)}.ts",
                where=f"models.{mapper.model}",
                fix="give one of them another name",
            )
        uses[mapper.model] = tuple(model for model in mapper.uses if model != mapper.model)
    for model in uses:
        way = _way_back(model, uses)
        if way:
            raise AnswersError(
                f"the models hold each other ({' -> '.join(way)}), and Nango refuses files that import each other",
                where=f"models.{model}",
                fix="let one of them hold the id of the other",
            )


def _way_back(model: str, uses: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    ways: list[tuple[str, ...]] = [(model,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in uses.get(way[-1], ()):
            if following == model:
                return (*way, model)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
