"""Copier's answers: what they are called, how they become the answers format, and the file that keeps them (pure).

Three kinds lie side by side: those of the answers format, those that only a prompt asks (they complete the short form
of syncs and actions), and those that were pinned once, when the integration was made, so that every later rendering
follows from the file alone.
"""

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from ..answers.format import ANSWERS
from ..answers.load import names_of, scopes_of
from ..errors import AnswersError, ProjectError
from ..naming.suggest import nearest
from ..render.paths import ROOT
from ..yaml12 import YamlProblem, compose, value_of
from ..yaml12.loader import BOM
from ..yaml12.scalars import Timestamp, is_string_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = ".copier-answers.yml"
FORMAT_KEYS = tuple(ANSWERS.keys)
PROMPT_KEYS = ("base_url", "runs", "scopes")
FACTS, OPTIONAL, RESOURCES, OTHERS_MODELS = "facts_used", "optional_files", "resources_used", "models_taken"
PINNED_KEYS = (FACTS, OPTIONAL, RESOURCES, OTHERS_MODELS)
PROJECT_FILES, MANIFEST_LOST = "project_files", "record_lost"
TASK_KEYS = (PROJECT_FILES, MANIFEST_LOST)
_DATE_PARTS = re.compile(r"\d+")
DEFAULT_RUNS = "every hour"

_ORDER = (
    *("version", "provider", "provider_facts", FACTS, "base_url", "integration"),
    *("sync_names", "runs", "action_names", "scopes"),
    *"models responses syncs actions on_events prefix_models readme schema_file".split(),
    *(OPTIONAL, "tests", RESOURCES, OTHERS_MODELS, *TASK_KEYS),
)
"""The answers in the order of the questions in copier.yml."""

_HEAD = """\
# Kept by Copier. Change answers with: copier update --trust -a {path} --data KEY=VALUE
"""


def path_of(integration: str) -> str:
    """Where the answers of an integration are kept, below the project."""
    return f"{ROOT}/{integration}/{NAME}"


def raw_answers(copier_answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that ``nango-scaffold new`` would be given to write the same: nothing in them that was left open."""
    raw = {key: copier_answers.get(key) for key in FORMAT_KEYS if not _is_empty(copier_answers.get(key))}
    # Copier stores it at any rate; `new` is given it only where it is another name.
    if raw.get("integration") == raw.get("provider"):
        raw.pop("integration", None)
    if not _is_empty(copier_answers.get("base_url")):
        raw["provider_facts"] = {**(raw.get("provider_facts") or {}), "base_url": copier_answers["base_url"]}
    if any(ANSWERS.problems(raw, "")):
        return raw  # whoever reads the answers next says what is wrong with them
    _complete_short_forms(raw, copier_answers)
    return {key: raw[key] for key in FORMAT_KEYS if key in raw}


def with_raw_answers(copier_answers: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Copier's answers changed so that :func:`raw_answers` gives others; as little of them as can be."""
    before = raw_answers(copier_answers)
    if before == raw:
        return dict(copier_answers)
    changed = [key for key in FORMAT_KEYS if before.get(key) != raw.get(key)]
    after = {**copier_answers, **{key: raw.get(key) for key in changed}}
    if raw_answers(after) != raw:
        # What was asked once for all that were named alone, they now say themselves.
        scripts = ("sync_names", "action_names", "syncs", "actions")
        after = {**after, **{key: raw.get(key) for key in scripts}}
    return {**after, **dict.fromkeys(_no_longer_asked(after))}


def _no_longer_asked(copier_answers: Mapping[str, Any]) -> Iterator[str]:
    """The questions that are asked only while scripts are named alone."""
    if not copier_answers.get("sync_names"):
        yield "runs"
        if not copier_answers.get("action_names"):
            yield "scopes"


def project_files_of(copier_answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The project's own files that came with the integration."""
    return _strings(copier_answers.get(PROJECT_FILES))


def optional_files_of(copier_answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The optional files that were decided on, by the answers that decide."""
    return _strings(copier_answers.get(OPTIONAL))


def _strings(value: Any) -> tuple[str, ...]:
    # Nobody types these answers, but the file that holds them may have been edited.
    if not isinstance(value, list):
        return ()
    return tuple(item for item in value if isinstance(item, str))


def facts_of(copier_answers: Mapping[str, Any]) -> dict[str, Any]:
    """The provider's facts that were pinned, with the base URL that was asked for because they had none."""
    facts = dict(copier_answers.get(FACTS) or {})
    if not _is_empty(copier_answers.get(RESOURCES)):
        facts["resources"] = copier_answers[RESOURCES]
    if not _is_empty(copier_answers.get("base_url")):
        return {**facts, "base_url": copier_answers["base_url"], "source": f"{facts.get('source')}, answers"}
    return facts


def unknown_keys(data: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each key of a data file that is no answer; Copier would pass over it in silence."""
    known = (*FORMAT_KEYS, *PROMPT_KEYS, *PINNED_KEYS, *TASK_KEYS)
    for key in data:
        if key not in known and not str(key).startswith("_"):
            near = nearest(str(key), known, 1, abbreviated=False)
            hint = (
                f"did you mean {near[0]}?" if near else f"there are {', '.join((*FORMAT_KEYS, *PROMPT_KEYS))}"
            )
            yield f"{str(key)[:60]}: there is no such answer; {hint}"


def is_stored(data: Mapping[str, Any]) -> bool:
    """Whether data given to Copier are answers it had stored: those of one of its temporary copies, in an update."""
    return FACTS in data


def to_text(answers: Mapping[str, Any]) -> str:
    """The answers file; answers stand in the order in which they are asked, that of models is kept, since it matters."""
    data = {key: value for key, value in answers.items() if not _is_empty(value)}
    if data.get(MANIFEST_LOST) is False:
        del data[MANIFEST_LOST]
    source = data.get("_src_path")
    if isinstance(source, str) and os.path.isdir(source):
        data["_src_path"] = os.path.abspath(source)  # as typed, it would be found from one folder only
    head = _HEAD.format(path=path_of(str(answers.get("integration"))))
    data = dict(sorted(data.items(), key=_place))
    return head + yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31, indent=4)


def from_text(text: str, path: str) -> dict[str, Any]:
    """Read an answers file.

    Raises:
        ProjectError: it is none.
    """
    data: Any = None
    reason = ""
    try:
        root = compose(text.removeprefix(BOM))
        if root is not None:
            data = value_of(root, "exact")
            reason = _impossible_date(value_of(root))
    except YamlProblem as problem:
        reason = problem.reason
    if reason:
        what = f"Copier's answers cannot be read ({reason})"
        raise ProjectError(what, where=path, fix="restore the file from git")
    if not isinstance(data, dict):
        raise ProjectError("Copier's answers are not a mapping", where=path, fix="restore the file from git")
    return data


def _impossible_date(value: Any) -> str:
    """Why Copier, whose reader makes dates of what looks like one, cannot read a value; empty when it can."""
    if isinstance(value, Timestamp):
        year, month, day = (int(part) for part in _DATE_PARTS.findall(value)[:3])
        try:
            date(year, month, day)
        except ValueError as error:
            return str(error)
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return ""
    return next(filter(None, map(_impossible_date, value)), "")


def script_names(copier_answers: Mapping[str, Any]) -> set[str]:
    """The names of all syncs and actions in answers of the right shape, in the short form and the full one."""
    full = (item["name"] for kind in ("syncs", "actions") for item in copier_answers.get(kind) or ())
    return {*full, *names_of(copier_answers.get("sync_names")), *names_of(copier_answers.get("action_names"))}


def refuse_odd_answers(copier_answers: Mapping[str, Any]) -> None:
    """Refuse what Copier could not keep: its YAML is 1.1, where a bare ``2024-01-01`` is a date.

    Raises:
        AnswersError: the first such value, with its place.
    """
    _refuse_odd({key: copier_answers.get(key) for key in (*FORMAT_KEYS, *PROMPT_KEYS)}, "")


def _refuse_odd(value: Any, where: str) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                what = f"the key {key} was read as a {type(key).__name__}"
                raise AnswersError(what, where=where, fix="put it in quotes")
            _refuse_odd(item, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_odd(item, f"{where}[{index}]")
    elif not isinstance(value, (str, int, float, bool, type(None))):
        what = f"{value} was read as a {type(value).__name__}"
        raise AnswersError(what, where=where, fix="put it in quotes")


class _Dumper(yaml.SafeDumper):
    """Block style throughout, lists indented below their key, no anchors, and no text that a reader takes for a number.

    Copier reads the file as YAML 1.1, this package as YAML 1.2.
    """

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if "\n" in text or is_string_everywhere(text) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def _place(answer: tuple[str, Any]) -> int:
    """Where an answer stands: Copier's own come first."""
    return _ORDER.index(answer[0]) if answer[0] in _ORDER else -1


def _is_empty(value: Any) -> bool:
    """Whether a question was left empty; 0 and false are answers."""
    return value is None or (type(value) in (str, list, dict) and not value)


def _complete_short_forms(raw: dict[str, Any], copier_answers: Mapping[str, Any]) -> None:
    """What was asked once for all that were named alone: how often syncs run, and the scopes."""
    scopes = scopes_of(str(copier_answers.get("scopes") or ""))
    shared: dict[str, Any] = {"scopes": scopes} if scopes else {}
    runs = copier_answers.get("runs")
    # The default is what is left unset, as in answers that `new` is given.
    often = {} if _is_empty(runs) or runs == DEFAULT_RUNS else {"runs": runs}
    short_forms = (("sync_names", "syncs", {**often, **shared}), ("action_names", "actions", shared))
    for short, full, more in short_forms:
        if more and short in raw:
            scripts = [{"name": name, **more} for name in names_of(raw.pop(short))]
            raw[full] = [*(raw.get(full) or ()), *scripts]
