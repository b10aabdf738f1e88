"""The questions that syncs and actions share. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..answers.parts import SCRIPT
from ..errors import AnswersError, ScaffoldError
from ..naming.reserved import script_name_problem
from ..naming.words import kebab
from ..spec.requests import Variable
from .draft import Slot
from .paths import read_path
from .question import Question
from .rehearsal import script_spec, spec_of

if TYPE_CHECKING:
    from ..derive import IntegrationSpec
    from ..spec.requests import Template
    from .draft import Draft
    from .rehearsal import World


def ask_name(script: int, draft: Draft, suggested: str, help: str) -> Question:
    """Ask for the name; what is typed in another case is made one of dashes."""

    def read(text: str) -> str:
        name = text if SCRIPT_PATTERN.fullmatch(text) else kebab(text)
        for problem in SCRIPT.problems(name or text, "the name"):
            why = script_name_problem(name)
            raise AnswersError(
                f"{text[:60]!r} cannot be used as a name{f': {why}' if why else ''}", fix=problem.fix
            )
        taken = {draft.about(other, "name") for other in draft.scripts if other != script}
        if name in taken:
            raise AnswersError(f"there is a script called {name} already", fix="another name")
        return name

    return Question(Slot(script, "name"), "Its name", help, default=suggested, read=read)


SCRIPT_PATTERN = re.compile(SCRIPT.pattern)


def ask_path(
    script: int, draft: Draft, world: World, root: str, alone: frozenset[str] = frozenset()
) -> Question:
    """Ask for the path of the request."""
    facts = world.facts(draft)
    spec = derived(script, "path", draft, world)
    places = ", ".join(f"{{{name}}}" for name in sorted(alone)) or ("{id}" if root == "input" else "{owner}")
    return Question(
        Slot(script, "path"),
        "Path of the API",
        f"what follows {facts.base_url}; parts to be filled in as {places}",
        default=template_text(spec.request.path) if spec else "",
        derived=spec is not None,
        read=lambda text: read_path(text, facts, root, alone),
    )


def ask_scopes(script: int, draft: Draft, world: World) -> Question | None:
    """Ask for the scopes, where connections have any."""
    if not world.facts(draft).has_scopes:
        return None
    known = world.facts(draft).scopes
    asked_by_default = f"; by default Nango asks for {', '.join(known[:4])}" if known else ""
    return Question(
        Slot(script, "scopes"),
        "Scopes it needs",
        f"as the API's documentation names them, with commas between; Enter: none{asked_by_default}",
        derived=True,
    )


def derived_with_models(
    script: int, key: str, draft: Draft, world: World
) -> tuple[Any, IntegrationSpec | None]:
    """What derivation makes of a script, and of the whole, if nothing is said of a key: where defaults come from.

    Returns:
        The ``SyncSpec`` or ``ActionSpec``, or ``None`` where there is none; and the whole.
    """
    said = {at: text for at, text in draft.said.items() if at != Slot(script, key)}
    without = replace(draft, said=said)
    try:
        whole = spec_of(without, world)
    except ScaffoldError:  # the other answers leave no default here
        return None, None
    return script_spec(without, script, whole), whole


def derived(script: int, key: str, draft: Draft, world: World) -> Any:
    """What derivation makes of a script if nothing is said of a key."""
    return derived_with_models(script, key, draft, world)[0]


def template_text(template: Template) -> str:
    """A template as an answer has it."""
    return "".join(
        (
            (f"${{{part.root}.{part.field}}}" if part.field else f"${{{part.root}}}")
            if isinstance(part, Variable)
            else part
        )
        for part in template
    )
