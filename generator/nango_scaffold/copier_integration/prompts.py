"""What a person is told who types an answer that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.load import BadAnswersError, scopes_of
from ..errors import AnswersError, ScaffoldError
from ..providers import UnknownProviderError
from ..providers.fields import read_fields
from .answers_file import PROMPT_KEYS
from .pinned_inputs import pinned_facts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PROVIDER, _ANY = {"provider": "anything"}, {"sync_names": "anything"}
"""What lets the format be satisfied while only another answer is judged."""


def problem(name: str, value: Any, copier_answers: Mapping[str, Any], project: Path) -> str:
    """What is wrong with a typed answer, in one sentence; the empty string when nothing is."""
    try:
        _check(name, value, copier_answers, project)
    except UnknownProviderError as error:
        meant = f"did you mean {' or '.join(error.nearest)}? " if error.nearest else ""
        return f"Nango knows no provider {value}; {meant}Facts of an API of your own: --data-file, provider_facts"
    except BadAnswersError as error:
        first = error.problems[0]
        return f"{first.what}; {first.fix}"
    except ScaffoldError as error:
        return f"{error.what}; {error.fix}" if error.fix else error.what
    return ""


def refuse_prompt_answers(copier_answers: Mapping[str, Any], project: Path) -> None:
    """Refuse an answer that goes to all syncs and actions: told once here, and not once for each of them.

    Raises:
        AnswersError: what only a prompt asks cannot be used; it came by data file, or is one of an earlier version.
    """
    for name in PROMPT_KEYS:
        value = copier_answers.get(name)
        reason = problem(name, value, copier_answers, project) if value else ""
        if reason:
            raise AnswersError(reason, where=name)


def _check(name: str, value: Any, copier_answers: Mapping[str, Any], project: Path) -> None:
    # Each with no more around it than the format asks for: other answers are not the fault of this one.
    base = {"provider": copier_answers.get("provider"), "integration": copier_answers.get("integration")}
    if name == "provider":
        load_answers({"provider": value, **_ANY})
        pinned_facts(value, copier_answers.get("provider_facts"), project)
    elif name == "base_url":
        read_fields({"base_url": value}, "provider_facts")
    elif name == "integration":
        load_answers({**base, "integration": value, **_ANY})
    elif name == "sync_names":
        load_answers({**base, "sync_names": value} if value else {**base, **_ANY})
    elif name == "action_names":
        names = {"sync_names": copier_answers.get("sync_names"), "action_names": value}
        scripts = {"syncs": copier_answers.get("syncs"), "actions": copier_answers.get("actions")}
        load_answers({**base, **names, **scripts})
    elif name == "runs":
        load_answers({**_PROVIDER, "syncs": [{"name": "anything", "runs": value}]})
    elif name == "scopes":
        load_answers({**_PROVIDER, "syncs": [{"name": "anything", "scopes": scopes_of(str(value or ""))}]})
