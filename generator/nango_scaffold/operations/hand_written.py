"""What of an adopted integration its owner wrote, told apart from what we did.

A file that we never wrote has no text to merge from: what we would have written in its place never stood there. So it is no
part of any comparison until its owner hands it over by name, and neither is an entry of nango.yaml that was there before us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from posixpath import basename
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..derive import derive
from ..errors import ScaffoldError
from ..frozen import frozen
from ..manifest import HandWritten
from ..nango_yaml import ABSENT, Block, Difference, script_models, type_names
from ..plan.merging import with_line_feeds
from ..providers import ProviderFacts
from ..render.entry import block
from ..render.integration import render_files
from ..yaml12.scalars import same

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ..manifest import Manifest
    from ..nango_yaml import Document
    from .project import Project


@frozen
class Described:
    """What this version would write from the answers that an integration is described by.

    Attributes:
        files: the integration's own files, by path.
        block: its part of nango.yaml.
    """

    files: Mapping[str, str]
    block: Block


NOTHING_DESCRIBED = Described({}, Block(""))


def told_apart(last: Manifest, project: Project) -> Manifest:
    """A manifest without what was never written, where an earlier version took that for what it wrote last.

    A file is ours if it is as the manifest has it; with it goes the script's entry in nango.yaml. All else is its owner's.
    """
    if not last.mixes_hand_written:
        return last
    own_files = {path: text for path, text in last.files.items() if _holds(project, path, text)}
    whole = last.block
    # A mapper has the name of a model, which a script may have, too.
    written = _with_scripts(whole, {_script_of(path) for path in own_files if "/mappers/" not in path})
    others = without(whole, written)
    others_models = models_named((*others.syncs.values(), *others.actions.values()), whole.models)
    hand_written = HandWritten(
        files=tuple(path for path in last.files if path not in own_files),
        syncs=tuple(others.syncs),
        actions=tuple(others.actions),
        on_events=tuple(_events(others)),
        models=tuple(name for name in whole.models if name in others_models),
    )
    written = replace(written, models=_without(whole.models, others_models))
    return replace(last, files=own_files, block=written, hand_written=hand_written, mixes_hand_written=False)


def _script_of(path: str) -> str:
    return basename(path).removesuffix(".ts")


def _with_scripts(whole: Block, scripts: Collection[str]) -> Block:
    """A block with some of its scripts alone."""
    return replace(
        whole,
        syncs=_only(whole.syncs, scripts),
        actions=_only(whole.actions, scripts),
        on_events=_together(whole.on_events, {}, scripts),
    )


def described_by(last: Manifest, document: Document) -> Described:
    """What the answers of a manifest describe, where some of it is hand-written; else nothing."""
    if not last.hand_written:  # then no comparison asks, and a derivation is spared
        return NOTHING_DESCRIBED
    try:
        answers, facts = load_answers(last.answers), ProviderFacts.from_data(last.facts)
        spec = derive(answers, facts, models_of_others(document.models, last))
        return Described(render_files(spec)[0], block(spec))
    except ScaffoldError:  # of an earlier version, perhaps
        return NOTHING_DESCRIBED


def models_of_others(models: Mapping[str, Any], last: Manifest | None) -> dict[str, Mapping[str, Any]]:
    """The models of nango.yaml that are not those of an integration, by its manifest."""
    own = {*last.block.models, *last.hand_written.models} if last else set()
    return {
        name: fields for name, fields in models.items() if name not in own and isinstance(fields, Mapping)
    }


def whole_block(last: Manifest, described: Described) -> Block:
    """The part of nango.yaml that a manifest stands for: what we wrote of it, and what is described."""
    hand_written, theirs, ours = last.hand_written, described.block, last.block
    # Of an entry that both have, the written one counts: what is described never stood there.
    return replace(
        ours,
        syncs={**_only(theirs.syncs, hand_written.syncs), **ours.syncs},
        actions={**_only(theirs.actions, hand_written.actions), **ours.actions},
        on_events=_together(theirs.on_events, ours.on_events, hand_written.on_events),
        models={**_only(theirs.models, hand_written.models), **ours.models},
    )


def ours_of(intended: Block, last: Manifest, present: Collection[str]) -> Block:
    """The part of a block that is ours to write: its owner's models, too, where our scripts need one that is not there."""
    theirs = last.hand_written
    ours = replace(
        intended,
        syncs=_without(intended.syncs, theirs.syncs),
        actions=_without(intended.actions, theirs.actions),
        on_events=_together(intended.on_events, {}, _events(intended).keys() - theirs.on_events),
    )
    needed = models_named((*ours.syncs.values(), *ours.actions.values()), intended.models)
    models = {
        name: shape
        for name, shape in intended.models.items()
        if name not in theirs.models or (name not in present and name in needed)
    }
    return replace(ours, models=models)


def let_go(last: Manifest, intended: Block, described: Described) -> Block:
    """What was written last, and of what is hand-written that which the answers name no more: its owner lets go of it."""
    whole = whole_block(last, described)
    return replace(
        last.block,
        syncs={**_without(whole.syncs, intended.syncs), **last.block.syncs},
        actions={**_without(whole.actions, intended.actions), **last.block.actions},
        on_events=_together(whole.on_events, last.block.on_events, _events(whole).keys() - _events(intended)),
        models={**_without(whole.models, intended.models), **last.block.models},
    )


def still_hand_written(last: Manifest, intended: Block, ours: Block, files: Collection[str]) -> HandWritten:
    """What stays its owner's: of what was so, that which the integration still has in nango.yaml and we do not write."""
    before = last.hand_written
    return HandWritten(
        files=tuple(files),
        syncs=tuple(name for name in before.syncs if name in intended.syncs),
        actions=tuple(name for name in before.actions if name in intended.actions),
        on_events=tuple(name for name in before.on_events if name in _events(intended)),
        models=tuple(name for name in before.models if name in intended.models and name not in ours.models),
    )


def news_of_entries(
    last: Manifest, intended: Block, described: Described, document: Document
) -> Iterator[Difference]:
    """The hand-written entries that the answers now describe in another way than they did, and than they are."""
    entry = document.integrations.get(intended.integration)
    for section, now, before, names in (
        ("syncs", intended.syncs, described.block.syncs, last.hand_written.syncs),
        ("actions", intended.actions, described.block.actions, last.hand_written.actions),
    ):
        entries = entry.get(section) if isinstance(entry, Mapping) else None
        path = ("integrations", intended.integration, section)
        yield from _news(path, now, before, entries, names)
    yield from _news(
        ("models",), intended.models, described.block.models, document.models, last.hand_written.models
    )


def _news(
    path: tuple[str, ...],
    now: Mapping[str, Any],
    before: Mapping[str, Any],
    entry: Any,
    names: Iterable[str],
) -> Iterator[Difference]:
    entries = entry if isinstance(entry, Mapping) else {}
    for name in names:
        value = entries.get(name, ABSENT)
        # That an owner's entry differs is no news, unless the answers describe it in another way than they did.
        is_new = name in now and name in before and not same(now[name], before[name])
        if is_new and value is not ABSENT and not same(now[name], value):
            yield Difference((*path, name), now[name], value, "conflict")


def models_named(scripts: Iterable[Mapping[str, Any]], models: Mapping[str, Any]) -> set[str]:
    """The models that entries of nango.yaml name, directly or through one another."""
    return models_reached((name for script in scripts for name in script_models(script)), models)


def models_reached(names: Iterable[str], models: Mapping[str, Any]) -> set[str]:
    """The models that some names are of, and those that these name, directly or through one another."""
    pending = [*names]
    reached: set[str] = set()
    while pending:
        name = pending.pop()
        if name in models and name not in reached:
            reached.add(name)
            pending += type_names(models[name])
    return reached


def without(whole: Block, part: Block) -> Block:
    """A block without the scripts of another."""
    return replace(
        whole,
        syncs=_without(whole.syncs, part.syncs),
        actions=_without(whole.actions, part.actions),
        on_events=_together(whole.on_events, {}, _events(whole).keys() - _events(part)),
    )


def _holds(project: Project, path: str, text: str) -> bool:
    data = project.get(path)
    return data is not None and with_line_feeds(data) == text.encode()


def _events(part: Block) -> dict[str, None]:
    """The scripts of events, in order."""
    return dict.fromkeys(name for names in part.on_events.values() for name in names)


def _only(entries: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if name in names}


def _without(entries: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if name not in names}


def _together(
    theirs: Mapping[str, list[str]], ours: Mapping[str, list[str]], names: Collection[str]
) -> dict[str, list[str]]:
    """The scripts of events: some of theirs, and ours."""
    both: dict[str, list[str]] = {}
    for event in dict.fromkeys([*theirs, *ours]):
        own = ours.get(event, [])
        others = [name for name in theirs.get(event, []) if name in names and name not in own]
        if others or own:
            both[event] = [*others, *own]
    return both
