"""The files that an integration may do without: whether it has them is decided once, when it is first written.

An answer decides. Where it is unset, an integration has what it had: its manifest names its files, and nobody has deleted them.
One that is new has a README.md in a new project, or if another integration of the project has one, unless somebody's own is there;
and tests where what runs them is there or comes with the project.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import ScaffoldError
from ..naming.reserved import INTEGRATION_NAME
from ..plan.merging import with_line_feeds
from ..render.paths import ROOT, YAML
from .manifests import manifest_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ..answers import Answers
    from ..manifest import Manifest
    from .project import Project

OPTIONAL_FILES = {"readme": "README.md", "tests": "tests/"}
"""By the answer that decides on it, the beginning of the paths of the files below the integration's folder."""

_SOURCES = "\n## Where this comes from\n"


def with_optional_files(
    answers: Answers,
    last: Manifest | None,
    project: Project,
    others: Iterable[str],
    peers: Iterable[Answers] = (),
    usual: Collection[str] = (),
) -> Answers:
    """The answers with the decision on each optional file. What the manifest keeps of them, ``raw``, stays as it was stated.

    Args:
        answers: the answers.
        last: the integration's manifest; ``None`` where it is new.
        project: the project.
        others: the names of the integrations there.
        peers: the answers of those that this run has placed before, decided.
        usual: the answers that are taken for true in an integration which is new, such as ``tests`` where vitest is there.
    """
    open_answers = [key for key in OPTIONAL_FILES if getattr(answers, key) is None]
    if not open_answers:
        return answers
    if last is not None:
        starts = {key: _start(answers.integration, key) for key in open_answers}
        present = [key for key, start in starts.items() if _is_there(start, last.files, project)]
        return with_decided_files(answers, present)
    present = list(usual)
    if "readme" in open_answers and _is_page_usual(project, answers.integration, list(others), list(peers)):
        present.append("readme")
    return with_decided_files(answers, present)


def with_decided_files(answers: Answers, decided: Iterable[str]) -> Answers:
    """The answers with a decision that was stored: the answers that were taken for true where they are unset."""
    names = list(decided)
    stored: dict[str, Any] = {key: key in names for key in OPTIONAL_FILES if getattr(answers, key) is None}
    return replace(answers, **stored)


def files_there(
    answers: Answers, project: Project, render: Callable[[Answers], dict[str, str]]
) -> dict[str, str]:
    """The files of an integration whose manifest is lost: of the optional ones those that an earlier run wrote.

    A page tells of the same integration; where its answers came from it knows otherwise than adopted answers, of which
    nothing is guessed. An optional file that is not as it is rendered is somebody's own.
    """
    starts = {
        key: _start(answers.integration, key) for key in OPTIONAL_FILES if getattr(answers, key) is None
    }
    # Twice at the most: only what is rendered tells which paths to look for, and a page names the other files.
    every: dict[str, Any] = dict.fromkeys(starts, True)
    files = render(replace(answers, **every))
    presence: dict[str, Any] = {key: _is_there(start, files, project) for key, start in starts.items()}
    if not all(presence.values()):
        files = render(replace(answers, **presence))
    return dict(_as_written(files, tuple(starts.values()), project))


def _is_there(start: str, files: Iterable[str], project: Project) -> bool:
    """Whether any of some files lies in the project whose path has a beginning."""
    return any(path.startswith(start) and project.get(path) is not None for path in files)


def _as_written(
    files: Mapping[str, str], optional: tuple[str, ...], project: Project
) -> Iterator[tuple[str, str]]:
    """The files; of those whose paths have one of some beginnings what lies there, if an earlier run wrote it."""
    for path, text in files.items():
        if not path.startswith(optional):
            yield path, text
            continue
        with suppress(ScaffoldError, UnicodeDecodeError):
            written = with_line_feeds(project.get(path) or b"").decode()
            if _without_sources(written) == _without_sources(text):
                yield path, written


def _without_sources(page: str) -> str:
    """A page without the rows of the table of its last part."""
    head, heading, sources = page.rpartition(_SOURCES)
    return head + heading + "".join(line for line in sources.splitlines(True) if not line.startswith("| "))


def _is_page_usual(project: Project, integration: str, others: list[str], peers: list[Answers]) -> bool:
    """Whether a new integration gets a README.md: in a new project, and where another one has it."""
    if project.get(_start(integration, "readme")) is not None:
        return integration in others  # whose manifest is lost
    if project.get(YAML) is None or any(peer.readme for peer in peers):
        return True
    return any(_names_file(project, str(name), "readme") for name in others)


def _names_file(project: Project, integration: str, key: str) -> bool:
    """Whether the manifest of another integration names a file; one that cannot be read names none."""
    if not INTEGRATION_NAME.fullmatch(integration):
        return False
    with suppress(ScaffoldError):
        manifest = project.get(manifest_path(integration)) or b""
        return f'"{_start(integration, key)}'.encode() in manifest
    return False


def _start(integration: str, key: str) -> str:
    return f"{ROOT}/{integration}/{OPTIONAL_FILES[key]}"
