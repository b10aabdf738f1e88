"""The functions that look values up; those that two scripts share are in helper files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.types import Alias
from ..models.walk import referenced_models
from ..naming.words import kebab, pascal
from ..spec.syncs import SyncSpec
from .loops import parameters_of, read_values
from .paths import lookup_variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..spec.actions import ActionSpec
    from ..spec.integration import IntegrationSpec
    from ..spec.requests import Lookup, Request
    from .loops import Parameters, ReadValues


@frozen
class LookupView:
    """The function that looks up a value.

    Attributes:
        function: its name, and
        stem: that of its file without ending, where it is shared.
        variable: the name of the value.
        request: its request, with the retries of the scripts that call it.
        takes: what it is handed beside nango.
        is_shared: whether it lies in a helper file.
    """

    spec: Lookup
    function: str
    stem: str
    variable: str
    request: Request
    takes: Parameters
    is_shared: bool = False


@frozen
class HelperView:
    """A file that several scripts import.

    Attributes:
        stem: its name without ending.
        lookup: the look-up in it.
        alike: the look-up as each of the scripts would have it.
        nango: the type of `nango` in it.
        models: the models it imports.
        reads: what of its request takes a function or a constant beside it.
    """

    stem: str
    lookup: LookupView
    alike: LookupView
    nango: str
    models: tuple[str, ...]
    reads: ReadValues


def lookup_views(script: SyncSpec | ActionSpec) -> tuple[LookupView, ...]:
    """The look-ups of a script, in order."""
    return tuple(_lookup_view(lookup, script) for lookup in script.lookups)


def helper_views(spec: IntegrationSpec) -> tuple[HelperView, ...]:
    """The look-ups that two scripts or more send alike, each as a helper.

    One that reads a date or a number needs a function that scripts have for it, and a saved record is read by actions
    alone, so each script has its own.
    """
    users: dict[LookupView, list[SyncSpec | ActionSpec]] = defaultdict(list)
    for script in spec.scripts:
        for view in lookup_views(script):
            if not view.spec.saved and not any(variable.format for variable in view.request.variables):
                users[_identity(view)].append(script)
    # Look-ups of one name may send different requests: their files are numbered.
    numbers: dict[str, int] = defaultdict(int)
    helpers = []
    for view, scripts in users.items():
        if len(scripts) > 1:
            numbers[view.stem] += 1
            helpers.append(_helper(view, scripts, numbers[view.stem]))
    return tuple(helpers)


def with_helpers(lookups: tuple[LookupView, ...], helpers: Iterable[HelperView]) -> tuple[LookupView, ...]:
    """The look-ups of a script, those in helpers under their names there."""
    shared = {helper.alike: helper.lookup for helper in helpers}
    return tuple(shared.get(_identity(view), view) for view in lookups)


def _lookup_view(lookup: Lookup, script: SyncSpec | ActionSpec) -> LookupView:
    return LookupView(
        spec=lookup,
        function=f"lookUp{pascal(lookup.name)}",
        stem=f"look-up-{kebab(lookup.name)}",
        variable=lookup_variable(lookup.name),
        request=lookup.request,
        takes=parameters_of(script, lookup.request),
    )


def _identity(view: LookupView) -> LookupView:
    """What two scripts have in common that look up a value alike; how often they try again may differ."""
    request = replace(view.request, retries=0)
    return replace(view, spec=replace(view.spec, request=request), request=request)


def _helper(view: LookupView, scripts: list[SyncSpec | ActionSpec], number: int) -> HelperView:
    mark = str(number) if number > 1 else ""
    dash = f"-{mark}" if mark else ""
    # A helper of a sync and an action tries again as often as an action does, for which somebody waits. Rule P02.
    retries = min(lookup.request.retries for script in scripts for lookup in _alike(view, script))
    shared = replace(
        view,
        function=f"{view.function}{mark}",
        stem=f"{view.stem}{dash}",
        request=replace(view.request, retries=retries),
        is_shared=True,
    )
    are_syncs = all(isinstance(script, SyncSpec) for script in scripts)
    nango = "NangoSync" if are_syncs else "NangoAction"
    reads = replace(read_values([shared.request]), connection=())  # that is handed over
    return HelperView(shared.stem, shared, view, nango, tuple(_models(view.takes)), reads)


def _models(values: Parameters) -> Iterator[str]:
    """The models that the parameters of a function name."""
    if values.metadata:
        yield values.metadata
    if isinstance(values.input, Alias):
        yield from referenced_models(values.input.type)
    elif values.input:
        yield values.input.name


def _alike(view: LookupView, script: SyncSpec | ActionSpec) -> Iterator[LookupView]:
    return (lookup for lookup in lookup_views(script) if _identity(lookup) == view)
