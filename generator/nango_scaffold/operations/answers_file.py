"""The answers file that an integration came from: kept current when scripts come and go.

The file is its owner's: of its text nothing changes but what the change is about, comments stay, and what cannot be changed so
is left as it is, with a word on how to bring it up to date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from .. import nango_yaml
from ..answers import load_answers, parse_text
from ..errors import ScaffoldError
from ..nango_yaml import ABSENT
from ..nango_yaml.edits import Edit
from ..nango_yaml.emit import Unwritable, check_writable, mapping
from ..nango_yaml.splice import splice
from ..plan import Change
from ..plan.merging import like
from ..yaml12.scalars import same
from .manifests import last_manifest, manifest_path, read_manifest
from .project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .place import Outcome
    from .project import Reader

    AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)

_OUTSIDE = "../"
_INDENT = re.compile(r"^[{\[]\r?\n([ \t]+)")


def answers_text(answers: Mapping[str, Any]) -> str:
    """Answers as the YAML file that people write; as JSON, which is YAML too, where a text in them needs it."""
    try:
        check_writable(answers)
    except Unwritable:
        return json.dumps(answers, indent=4) + "\n"
    return "".join(f"{line}\n" for line in mapping(answers, 0))


def with_answers_file(outcome: AnyOutcome, integration: str, reader: Reader) -> AnyOutcome:
    """An outcome with what becomes of the answers file in it, where the manifest knows one."""
    project = Project(reader)
    last = last_manifest(integration, project)
    own = manifest_path(integration)
    after = {change.path: change.after for change in outcome.plan.changes}
    if last is None or not last.answers_file or own not in after:
        return outcome
    # Out of the outcome: the project on disk holds the manifest of the last run.
    now = read_manifest(after[own], own)
    if now is None:
        text = f"{last.answers_file} still describes {integration}: delete it, or `nango-scaffold new` writes it again"
        return replace(outcome, advice=(*outcome.advice, text))
    if now.answers == last.answers:
        return outcome
    change = _change(last.answers_file, last.answers, now.answers, project)
    if change is None:
        text = (
            f"{last.answers_file} is not as these answers are now: "
            f"`nango-scaffold answers {integration} > {last.answers_file}` brings it up to date"
        )
        return replace(outcome, advice=(*outcome.advice, text))
    return replace(outcome, plan=outcome.plan.plus([change]))


def _change(
    path: str, before: Mapping[str, Any], after: Mapping[str, Any], project: Project
) -> Change | None:
    """The change of the file; None where it cannot be, or does not say what the manifest says."""
    if path.startswith(_OUTSIDE):
        return None
    try:
        data = project.get(path)
        if data is None:
            return None
        edited = _edited(data.decode(), before, after)
    except (ScaffoldError, UnicodeDecodeError):
        return None
    return None if edited is None else Change(path, data, edited.encode())


def _edited(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """The text of the file with other answers in it; None where it cannot be had."""
    # Somebody has changed it since: whether that is to be kept is not for us to say.
    if _read(text) != before:
        return None
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    edited = _as_json(text, after) if is_json else _as_yaml(text, before, after)
    return edited if _read(edited) == after else None


def _read(text: str) -> Mapping[str, Any]:
    return load_answers(parse_text(text.removeprefix("\ufeff"), "answers")).raw


def _as_yaml(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return splice(nango_yaml.read(text), _edits(before, after))


def _edits(
    before: Mapping[str, Any], after: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[Edit]:
    """A change for each answer that differs; for each model, where there were some."""
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, ABSENT), after.get(name, ABSENT)
        if old is not ABSENT and new is not ABSENT and same(old, new):
            continue
        path = (*above, name)
        # One by one, so that the comments on models that stay as they are stay, too.
        if path == ("models",) and _has_names(old) and _has_names(new):
            yield from _edits(old, new, path)
        else:
            yield Edit(path, new)


def _has_names(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _as_json(text: str, after: Mapping[str, Any]) -> str:
    """A file of JSON, which holds no comments, in the indentation it has."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    indent = _INDENT.match(text.removeprefix(bom))
    written = json.dumps(after, ensure_ascii=False, indent=indent[1] if indent else None)
    end = "\n" if text.endswith("\n") else ""
    return like(text.encode(), f"{bom}{written}{end}".encode()).decode()
