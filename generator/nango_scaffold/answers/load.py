"""From text to ``Answers``: parse, apply ``--set``, check against the format, convert."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from ..errors import AnswersError, Place, Problem
from ..yaml12 import BOUNDS, YamlProblem, load
from .answers import (
    AT_ROOT,
    NOTHING,
    ActionAnswer,
    Answers,
    DeletedAnswer,
    EndpointAnswer,
    FetchAnswer,
    FurtherRequest,
    IncrementalAnswer,
    LookupAnswer,
    ParentsAnswer,
    RequestAnswer,
    SyncAnswer,
)
from .format import ANSWERS, INTEGRATION
from .parts import SCRIPT
from .shapes import shown
from .size import refuse_crowded, refuse_huge, too_much

_MOST_SHOWN = 9
_MOST_PROBLEMS = 30  # each takes time, and nobody reads more
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_KEY = re.compile(r"[^.\[\]]+(\[[0-9]{1,6}\])*(\.[^.\[\]]+(\[[0-9]{1,6}\])*)*")


def place_steps(place: str) -> list[str | int]:
    """The steps to a place in answers: ``syncs[0].name`` -> ``["syncs", 0, "name"]``."""
    return [name or int(index) for name, index in _STEP.findall(place)]


class BadAnswersError(AnswersError):
    """The answers hold one problem or several; each is a ``Problem``."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first, *others = problems
        more = "".join(f"\n{p.where}: {p.what}\n  {p.fix}" for p in others[:_MOST_SHOWN])
        hidden = len(others) - _MOST_SHOWN
        if hidden > 0:
            # Nobody has looked behind the last of the most problems: how many more there are is not known.
            more += f"\nand {hidden} more" if len(problems) < _MOST_PROBLEMS else "\nand more"
        super().__init__(first.what, where=first.where, fix=f"{first.fix}{more}", accepted=first.accepted)
        self._problems = tuple(problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each thing that is wrong."""
        return self._problems

    def locate(self, place_of: Callable[[Problem], Place | None]) -> None:
        """See ``ScaffoldError``."""
        self._problems = tuple(
            dataclasses.replace(problem, place=place_of(problem)) for problem in self._problems
        )


def parse_text(text: str, source: str) -> dict[str, Any]:
    """Parse an answers file (YAML 1.2, so JSON too) into plain data.

    Raises:
        AnswersError: the text is invalid YAML, or no mapping.
    """
    try:
        data = load(text)
    except YamlProblem as problem:
        raise _unreadable(problem, text, source) from None
    if data is None:  # an empty file, to which settings may add what is needed
        return {}
    if not isinstance(data, dict):
        raise AnswersError("the answers are not a mapping", where=source, fix="start with `provider: github`")
    return data


def _unreadable(problem: YamlProblem, text: str, source: str) -> AnswersError:
    if problem.excess:
        error = too_much(problem.excess)
        if "<<" in text and len(text) <= BOUNDS.characters:  # with aliases alone, it is all of them together
            line = text.split("\n")[problem.line - 1].removesuffix("\r")
            error.place = Place(source, problem.line, problem.column, 0, line)
        return error
    return AnswersError(
        f"the answers are not valid YAML: {problem.reason}",
        where=f"{source}:{problem.line or 1}:{problem.column or 1}",
        fix="correct the line; `nango-scaffold schema` prints the format",
    )


def with_settings(data: Mapping[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """The answers with ``--set KEY=VALUE`` applied.

    Args:
        data: the answers as plain data.
        settings: strings such as ``provider=github`` or ``syncs[0].runs=every day``; values are YAML.

    Raises:
        AnswersError: a string without ``=``, or a key that leads through a value that is no mapping or list.
    """
    refuse_huge(data)
    result: Any = _copied(data)
    for setting in settings:
        key, equals, value = setting.partition("=")
        steps = place_steps(key)
        if not equals or not _KEY.fullmatch(key):
            raise AnswersError(
                f"{shown(setting)} sets nothing",
                where="--set",
                fix="write KEY=VALUE, such as provider=github",
            )
        # A key may lead through a string, or to an index beyond the next one.
        try:
            _put(result, steps, load(value))
        except (YamlProblem, TypeError, IndexError, AttributeError):
            raise AnswersError(
                f"{shown(setting)} cannot be applied",
                where="--set",
                fix="write a key that the answers format has",
            ) from None
    return dict(result)


def check_shape(data: Mapping[str, Any]) -> None:
    """Refuse plain data that is no valid part of answers, whatever else the answers hold.

    Raises:
        BadAnswersError: with every problem found.
        AnswersError: data too large to be answers.
    """
    refuse_huge(data)
    refuse_crowded(data)
    # The one answer that must be set is not asked of a part.
    problems = list(islice(ANSWERS.problems({"provider": "any", **data}, ""), _MOST_PROBLEMS))
    if problems:
        raise BadAnswersError(problems)


def load_answers(data: Mapping[str, Any]) -> Answers:
    """Check plain data against the format and convert it.

    Raises:
        BadAnswersError: with every problem found, each with its path and what is accepted.
        AnswersError: data too large to be answers.
    """
    refuse_huge(data)
    refuse_crowded(data)
    problems = list(islice(ANSWERS.problems(data, ""), _MOST_PROBLEMS))
    # Only now: names are looked up in lists and mappings that have to be of their shape.
    if not problems:
        problems = list(_name_problems(data))
    if problems:
        raise BadAnswersError(problems)
    _refuse_inference(data)
    answers = {key: value for key, value in data.items() if value is not None}
    return Answers(
        provider=answers["provider"],
        integration=answers.get("integration", answers["provider"]),
        syncs=tuple(_scripts(SyncAnswer, "sync", answers)),
        actions=tuple(_scripts(ActionAnswer, "action", answers)),
        models=dict(answers.get("models", {})),
        responses=dict(answers.get("responses", {})),
        provider_facts=answers.get("provider_facts"),
        on_events={event: tuple(names) for event, names in answers.get("on_events", {}).items() if names},
        prefix_models=answers.get("prefix_models", False),
        schema_file=answers.get("schema_file", AT_ROOT),
        readme=answers.get("readme"),
        tests=answers.get("tests"),
        raw=_copied(answers),
    )


def _refuse_inference(data: Mapping[str, Any]) -> None:
    """Refuse what is to be inferred from a file, where nobody has read it."""
    for kind in ("syncs", "actions"):
        for index, script in enumerate(data.get(kind) or ()):
            if script.get("infer") is not None:
                raise AnswersError(
                    "infer names a file, and only `nango-scaffold new` and `nango-scaffold add` read it",
                    where=f"{kind}[{index}].infer",
                    fix="put what `nango-scaffold infer` prints in its place",
                )


def names_of(value: Any) -> list[str]:
    """The names of ``sync_names``: a list, or a string with commas."""
    if value is None:
        return []
    names = value.split(",") if isinstance(value, str) else value
    return [name.strip() for name in names if name.strip()]


def scopes_of(text: str) -> list[str]:
    """The scopes in a string, each once, separated by commas or blanks."""
    return list(dict.fromkeys(text.replace(",", " ").split()))


def _name_problems(data: Mapping[str, Any]) -> Iterable[Problem]:
    if data.get("integration") is None:
        yield from INTEGRATION.problems(data["provider"], "integration")
    seen: dict[str, str] = {}
    for kind in ("sync", "action"):
        listed = [(f"{kind}_names[{i}]", name) for i, name in enumerate(names_of(data.get(f"{kind}_names")))]
        full = [(f"{kind}s[{i}].name", item["name"]) for i, item in enumerate(data.get(f"{kind}s") or ())]
        for where, name in [*full, *listed]:
            yield from SCRIPT.problems(name, where)
            if name in seen:
                yield Problem(
                    where,
                    f"the name {shown(name)} is already that of {seen[name]}",
                    "accepted: each name once; Nango refuses a sync and an action of one name",
                )
            seen.setdefault(name, where)
    if not seen:
        yield Problem(
            "sync_names",
            "the answers name no sync and no action",
            "accepted: at least one, such as sync_names: [users]",
        )


def _scripts(kind: Any, word: str, answers: Mapping[str, Any]) -> Iterable[Any]:
    """The answers of all syncs or actions."""
    items = answers.get(f"{word}s", ())
    for index, item in enumerate(items):
        yield kind(where=f"{word}s[{index}]", **_typed(kind, item))
    # In the places where the names would stand in the full form.
    for index, name in enumerate(names_of(answers.get(f"{word}_names")), len(items)):
        yield kind(where=f"{word}s[{index}]", name=name)


_PARTS: dict[str, Any] = {
    "endpoint": EndpointAnswer,
    "request": RequestAnswer,
    "incremental": IncrementalAnswer,
}


def _typed(kind: Any, item: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of a dataclass from checked data: lists become tuples, parts instances of their class."""
    known = {entry.name for entry in dataclasses.fields(kind)}
    return {
        key: _typed_value(key, value) for key, value in item.items() if value is not None and key in known
    }


def _with_request(kind: Any, item: Mapping[str, Any]) -> Any:
    """A part of the answers that has the keys of a request beside its own."""
    return kind(request=RequestAnswer(**_typed(RequestAnswer, item)), **_typed(kind, item))


def _fetch(item: Mapping[str, Any]) -> FetchAnswer:
    source = {"source": item["from"]} if "from" in item else {}  # `from` is a word of Python's own
    answer: FetchAnswer = _with_request(FetchAnswer, {**item, **source})
    return answer


_OWN_REQUESTS: dict[str, Any] = {
    "children": FetchAnswer,
    "deleted": DeletedAnswer,
    "detail": FurtherRequest,
    "lookups": LookupAnswer,
    "parents": ParentsAnswer,
    "read_back": FurtherRequest,
}


def _with_own_request(kind: Any, value: Any) -> Any:
    """A part that has the keys of a request beside its own; a tuple of them for a list."""
    if isinstance(value, list):
        return tuple(_with_request(kind, item) for item in value)
    return _with_request(kind, value)


def _typed_value(key: str, value: Any) -> Any:
    if key == "requests":
        # `Team:` with nothing behind it is a request by default.
        return {model: _fetch(item or {}) for model, item in value.items()}
    if key in _OWN_REQUESTS:
        return _with_own_request(_OWN_REQUESTS[key], value)
    if key == "incremental" and value == NOTHING:
        return IncrementalAnswer(is_none=True)
    if key in _PARTS:
        return _PARTS[key](**_typed(_PARTS[key], value))
    return tuple(value) if isinstance(value, list) else value


def _copied(value: Any) -> Any:
    """Data in which nothing stands twice: a list that an alias repeats could not be changed in one place alone."""
    if isinstance(value, Mapping):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_copied(item) for item in value]
    return value


def _put(target: Any, steps: Sequence[str | int], value: Any) -> None:
    *path, last = steps
    for step, following in zip(path, steps[1:], strict=True):
        empty: Any = [] if isinstance(following, int) else {}
        target = _entered(target, step, empty)
    if isinstance(last, int) and last == len(target):
        target.append(value)
    else:
        target[last] = value


def _entered(target: Any, step: str | int, empty: Any) -> Any:
    if isinstance(step, int):
        if step == len(target):
            target.append(empty)
        return target[step]
    if target.get(step) is None:
        target[step] = empty
    return target[step]
