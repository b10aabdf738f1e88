"""What the files that a project needs once say of its folders, escaped for the place where they say it."""

from __future__ import annotations

import json
import re
import shlex

from ..frozen import frozen
from ..typescript.printer.literals import string_literal, template_text
from .paths import ROOT

_GLOB = re.compile(r"([\\*?\[\]#! ])")


@frozen
class ProjectView:
    """The folder of nango.yaml, as each file needs it.

    Attributes:
        folder_literal: from the project, as a literal of TypeScript.
        env_literals: the ``.env`` files to read, as literals, the first one first.
        env: the ``.env`` beside nango.yaml, in a comment.
        env_in_template: the same inside of a template literal.
        enter: what comes before a command that is run in it, inside of a JSON string.
        include: its TypeScript files, as a JSON string.
        folder_in_shell: as a word of a shell; empty for the project itself.
        root_from_folder: the way back to the project, as the beginning of a path.
        ignored: what stands before a path in .gitignore.
    """

    folder_literal: str
    env_literals: str
    env: str
    env_in_template: str
    enter: str
    include: str
    folder_in_shell: str
    root_from_folder: str
    ignored: str


def project_view(folder: str = ROOT) -> ProjectView:
    """Lay out what the project files say.

    Args:
        folder: the folder of nango.yaml, below the project; empty for the project itself.
    """
    below = f"{folder}/" if folder else ""
    env = f"{below}.env"
    return ProjectView(
        folder_literal=string_literal(folder or "."),
        env_literals=", ".join(map(string_literal, dict.fromkeys([env, ".env"]))),
        env=env,
        env_in_template=template_text(env),
        enter=json.dumps(f"cd {shlex.quote(folder)} && ")[1:-1] if folder else "",
        include=json.dumps(f"{below}**/*.ts"),
        folder_in_shell=shlex.quote(folder) if folder else "",
        root_from_folder="../" * below.count("/"),
        ignored=_GLOB.sub(r"\\\1", below) or "/",
    )
