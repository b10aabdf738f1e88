"""What copier.yml can use: filters for its questions, and ``view`` for the templates."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from copier.errors import UserMessageError
from copier_template_extensions import ContextHook
from jinja2 import pass_context

from ..errors import ScaffoldError
from ..project import look
from ..providers import ProviderFacts
from ..render.filters import add_filters
from ..render.paths import ROOT
from ..unforeseen import HOW_TO_REPORT, described
from ..visible import visible, visible_line
from . import answers_file, prompts
from .integrate import integration_of
from .pinned_inputs import (
    facts_fit,
    pinned_facts,
    pinned_models_in,
    pinned_resources,
    usual_optional_files,
    usual_schema_file,
)
from .preflight import (
    Passed,
    Visit,
    first_steps,
    pass_gate,
    refuse_copy,
    refuse_data,
    refuse_kind,
    refuse_place,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment
    from jinja2.runtime import Context

    from ..project import NangoProject

COMPUTED = ("opening", "gate")
"""The questions of copier.yml that nobody is asked: they only check."""

_REMEMBERED = "remembered"
"""What the first check says where Copier begins with answers it has stored: at an update."""


class NangoScaffold(ContextHook):
    """The extension that copier.yml names.

    A filter of copier.yml is an interface between versions: an update renders the paths that the new version leaves
    out with the old version's code, so a filter that ``_exclude`` uses must stay.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        add_filters(environment)
        self._passed: dict[str, Passed] = {}
        self._projects: dict[Path, NangoProject] = {}
        filters = dict[str, Callable[..., Any]](
            nango_opening=_of_context(self._opening),
            nango_missing=_refuse_missing,
            nango_problem=_problem,
            nango_type_of_names=_type_of_names,
            nango_has_names=_of_context(_has_names),
            nango_facts=_of_context(_facts),
            nango_facts_problem=_facts_problem,
            nango_has_scopes=_has_scopes,
            nango_schema_file=_of_context(_schema_file),
            nango_optional_files=_of_context(self._optional_files),
            nango_resources=_of_context(_resources),
            nango_resources_problem=_resources_problem,
            nango_taken=_of_context(_models),
            nango_taken_problem=_models_problem,
            nango_project_files=_of_context(self._project_files),
            nango_record_lost=_of_context(self._manifest_lost),
            nango_gate=_of_context(self._gate_data),
            nango_left_out=_left_out,
            nango_answers_file=answers_file.to_text,
        )
        environment.filters.update({name: _cleanly(filter) for name, filter in filters.items()})

    def hook(self, context: dict[str, Any]) -> None:
        """Give templates their ``view``; in a prompt there is none yet."""
        # Given as data, they would stand in for what the checks themselves find.
        if set(COMPUTED) & set(context["_copier_conf"]["data"]):
            raise UserMessageError(f"{' and '.join(COMPUTED)} are not answers")
        if context.get("_copier_phase") == "render":
            with _one_clean_line():
                context["view"] = integration_of(context).view

    def _opening(self, context: Context) -> str:
        data, destination = context["_copier_conf"]["data"], _project(context)
        refuse_place(destination)
        # The temporary copies of an update are given what was stored, and lie in empty folders.
        if not answers_file.is_stored(data):
            refuse_kind(self._look(context), destination)
            refuse_data(data)
        return _REMEMBERED if answers_file.FACTS in context else ""

    def _look(self, context: Context) -> NangoProject:
        """The destination, looked at once: nothing is written before the last question."""
        destination = _project(context)
        if destination not in self._projects:
            self._projects[destination] = look(destination)
        return self._projects[destination]

    def _optional_files(self, context: Context) -> str:
        """The optional files of an integration that is new; one whose answers were stored without a decision has none."""
        if context["opening"] == _REMEMBERED:
            return "[]"
        usual = self._look(context).usual_files
        return json.dumps(usual_optional_files(context["integration"], _project(context), usual))

    def _project_files(self, context: Context) -> str:
        """The project's own files that come with a copy, to be stored with the answers."""
        return json.dumps([] if context["opening"] == _REMEMBERED else self._gate(context).project_files)

    def _manifest_lost(self, context: Context) -> str:
        """Whether a copy finds the manifest of an earlier one gone, to be stored with the answers."""
        return json.dumps(context["opening"] != _REMEMBERED and self._gate(context).manifest_lost)

    def _gate(self, context: Context) -> Passed:
        """Copier asks for a default up to four times: pass the gate once for the same answers."""
        visit = _visit(context)
        names = (*answers_file.FORMAT_KEYS, *answers_file.PROMPT_KEYS, *answers_file.PINNED_KEYS)
        key = json.dumps([visit.copier_answers.get(name) for name in names], default=str)
        if key not in self._passed:
            self._passed[key] = pass_gate(visit, self._look(context))
        return self._passed[key]

    def _gate_data(self, context: Context) -> str:
        """What the gate found out and the message after a copy says, as Copier carries it."""
        passed = self._gate(context)
        return json.dumps({**asdict(passed), **first_steps(self._look(context), passed)})


def _of_context(look_at: Callable[[Context], Any]) -> Callable[..., Any]:
    """A filter that looks at all the answers, and not at the value that it stands behind."""
    return pass_context(lambda context, _: look_at(context))


def _cleanly(filter: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose errors Copier prints as one line."""

    # With its attributes: by one of them jinja2 tells that it is to be given the context.
    @wraps(filter)
    def run(*words: Any) -> Any:
        with _one_clean_line():
            return filter(*words)

    return run


@contextmanager
def _one_clean_line() -> Iterator[None]:
    """Turn errors, those that nobody foresaw too, into the one that Copier prints without a traceback."""
    try:
        yield
    except UserMessageError:
        raise
    except ScaffoldError as error:
        place = f"{error.where}: " if error.where else ""
        remedy, _, more = error.fix.partition("\n")
        line = f"{place}{error.what.rstrip('.')}; {remedy}" if remedy else f"{place}{error.what}"
        raise UserMessageError(visible(f"{line}\n{more}" if more else line)) from None
    except Exception as error:
        raise UserMessageError(f"{described(error)}; {HOW_TO_REPORT}") from error


def _visit(context: Context | Mapping[str, Any]) -> Visit:
    conf = context["_copier_conf"]
    project = _project(context)
    return Visit(
        project=project,
        copier_answers=dict(context),
        answers_file=PurePath(conf["answers_file"]).as_posix(),
        commit=context.get("_commit"),
        overwrite=bool(conf["overwrite"]),
        is_temporary=answers_file.is_stored(conf["data"]) and not (project / ROOT).exists(),
    )


def _project(context: Context | Mapping[str, Any]) -> Path:
    return Path(os.path.abspath(context["_copier_conf"]["dst_path"]))


def _refuse_missing(_: str, name: str) -> str:
    what = f"{name}: the answer is missing; give it with --data {name}=... or in the data file"
    raise UserMessageError(what)


@pass_context
def _problem(context: Context, value: Any, name: str) -> str:
    """What is wrong with a typed answer; what was given otherwise is judged by the gate, without a traceback."""
    conf = context["_copier_conf"]
    # A validator that fails for what nobody typed ends Copier with a traceback.
    if conf["defaults"] or name in conf["data"]:
        return ""
    return visible_line(prompts.problem(name, value, dict(context), _project(context)))


@pass_context
def _type_of_names(context: Context, name: str) -> str:
    """Names are typed with commas between them; a data file may have a list, which Copier takes for YAML only."""
    return "str" if isinstance(context.get(name, ""), str) else "yaml"


def _has_names(context: Context) -> bool:
    return any(context.get(name) for name in ("sync_names", "syncs", "actions"))


def _facts(context: Context) -> str:
    return json.dumps(pinned_facts(context["provider"], context.get("provider_facts"), _project(context)))


@pass_context
def _facts_problem(context: Context, facts: Any) -> str:
    """Copier lets go of a stored answer that has a problem, and pins it anew."""
    if answers_file.FACTS in context["_copier_conf"]["data"]:
        return ""
    is_same = facts_fit(facts or {}, context["provider"], context.get("provider_facts"))
    return "" if is_same else "of another provider"


def _has_scopes(facts: Mapping[str, Any]) -> bool:
    return ProviderFacts.from_data(facts).has_scopes


def _schema_file(context: Context) -> str:
    """Where the project's other integrations have their schema.zod.ts, where that is not the root."""
    return usual_schema_file(context["integration"], _project(context)) or "null"


def _resources(context: Context) -> str:
    prompts.refuse_prompt_answers(dict(context), _project(context))
    return json.dumps(pinned_resources(dict(context), _project(context)))


@pass_context
def _resources_problem(context: Context, resources: Any) -> str:
    """Copier lets go of a stored answer that has a problem, and pins it anew."""
    if answers_file.FACTS in context["_copier_conf"]["data"]:
        return ""
    is_same = (resources or {}) == pinned_resources(dict(context), _project(context))
    return "" if is_same else "of other scripts"


def _models(context: Context) -> str:
    return json.dumps(pinned_models_in(dict(context), _project(context)))


@pass_context
def _models_problem(context: Context, models_of_others: Any) -> str:
    if answers_file.OTHERS_MODELS in context["_copier_conf"]["data"]:
        return ""
    is_same = pinned_models_in(dict(context), _project(context)) == models_of_others
    return "" if is_same else "of another nango.yaml"


@pass_context
def _left_out(context: Context, passed: Mapping[str, Any]) -> str:
    """For a copy, the files that are not written because the user has deleted them; one pattern a line."""
    refuse_copy(_visit(context))
    return "\n".join(f"/{path}" for path in passed["deleted"])
