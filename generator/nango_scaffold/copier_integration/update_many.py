"""``copier update`` of several integrations at once, away from the project: what it would change, as one set of changes.

Copier needs a clean repository and a commit between two updates, writes as it goes, and cannot take anything back. So it
works in a repository of ours in a temporary folder, which holds the project as it is now, committed or not; what comes
out is read back, and the project itself, its history and its index are not touched. It need not even be a repository.

Files that are CRLF throughout take part with line feeds, and come back as they were: Copier would find a conflict in
every line.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..commit import read
from ..errors import ProjectError, ScaffoldError
from ..frozen import frozen
from ..operations.manifests import manifest_path, read_manifest
from ..plan import Change
from ..plan.merging import has_marks, like, with_line_feeds
from ..plan.paths import LOCK, STAGING
from ..programs import find_program, git_environment, run_program
from ..render.paths import ROOT, YAML
from .answers_file import from_text, path_of, to_text
from .trust import Template, absolute_source, refuse_untrusted, template_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..manifest import Manifest
    from ..nango_yaml import Difference

    Files = Mapping[str, bytes]

_NOT_OURS = frozenset({"node_modules", "dist", "build", ".nango", ".git"})
_COPIER = (
    "import sys; sys.path[:] = filter(None, sys.path); from copier.__main__ import CopierApp; CopierApp.run()"
)
"""Copier's command line. ``-m copier`` would take a ``copier.py`` that lies in the project for it."""
_SETTINGS = {
    "user.name": "nango-scaffold",
    "user.email": "nango-scaffold@localhost",
    "core.autocrlf": "false",
    "core.attributesFile": os.devnull,
    "core.quotePath": "false",
}
_NO_ATTRIBUTES = "* !text !eol !ident !filter !diff !merge !working-tree-encoding\n"
"""What goes before every .gitattributes of the project: none of them has a say in the temporary repository."""


@frozen
class Step:
    """One integration's update.

    Attributes:
        integration: its key in nango.yaml.
        before: the template's version it had.
        after: the one it has now.
        changes: what the update changes, against the project after the steps before.
        marked: the files with conflicts in them, marked the way Copier does it, now or by an earlier update.
        merged: the files in which edits of the user's and of the new version came together.
        differences: what stays in nango.yaml as the user has it.
    """

    integration: str
    before: str
    after: str
    changes: tuple[Change, ...]
    marked: tuple[str, ...]
    merged: tuple[str, ...]
    differences: tuple[Difference, ...]


def renew(
    project: Path, integrations: Sequence[str], announce: Callable[[str], None], *, trust: bool = False
) -> list[Step]:
    """Update integrations that Copier keeps to the newest version of their template, whose code is run.

    Args:
        project: the project folder, which is only read.
        integrations: their keys in nango.yaml, in order. One that still holds conflicts is left as it is.
        announce: told the name of each before its turn.
        trust: run the templates that the project names, whichever they are.

    Raises:
        ProjectError: one of them cannot be updated, or its template is not trusted, so none is.
    """
    steps: list[Step] = []
    now = dict(_files(project))
    templates = {name: _template(name, now) for name in integrations}
    # All of them before the first is run.
    if not trust:
        refuse_untrusted(list(templates.values()), project)
    with tempfile.TemporaryDirectory(prefix="nango-scaffold-") as folder:
        place = Path(folder).resolve() / "project"
        _lay_out(place, now)
        for name in integrations:
            if open_ := _marked(name, now):  # an open conflict is not built upon
                steps.append(Step(name, _version(name, now), _version(name, now), (), open_, (), ()))
                continue
            announce(name)
            _update(templates[name], place, project)
            after = {path: like(now.get(path), data) for path, data in _files(place)}
            steps.append(_step(name, now, after))
            now = after
            _commit(place)  # the next update starts from this one
    return steps


def _files(project: Path) -> Iterator[tuple[str, bytes]]:
    """All that may take part: the files below nango-integrations/, and those beside it, without what tools put there.

    What cannot be read as a file of the project, such as a pipe or a link that leads out of it, takes no part either.
    """
    if not project.is_dir():
        return
    for path in sorted([*_beside(project), *_below(project / ROOT)]):
        name = path.relative_to(project).as_posix()
        with suppress(ScaffoldError):
            data = read(project, [name])[name]
            if data is not None:
                yield name, data


def _beside(project: Path) -> Iterator[Path]:
    try:
        names = os.listdir(project)
    except OSError as error:
        what, fix = f"the folder cannot be read: {error.strerror}", "name the folder of a project"
        raise ProjectError(what, where=str(project), fix=fix) from None
    return (project / name for name in names if _takes_part(name))


def _below(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if _takes_part(name)]
        yield from (Path(folder) / name for name in names if _takes_part(name))


def _takes_part(name: str) -> bool:
    return name not in _NOT_OURS and not name.startswith((LOCK, STAGING))


def _template(integration: str, files: Files) -> Template:
    """The template that the answers of an integration name."""
    path = path_of(integration)
    if path not in files:
        what = "the folder is a link, and Copier would not follow it"
        raise ProjectError(what, where=path, fix="put the folder itself there")
    template = template_of(integration, from_text(nango_yaml.decode(files[path]), path))
    if template is None:
        raise ProjectError(
            f"{integration} was copied from a plain folder, which has no versions to go from and to",
            where=path,
            fix="copy it again from the template's git repository (copier copy --trust), then update it from there on",
        )
    return template


def _lay_out(place: Path, files: Files) -> None:
    """Make the temporary repository."""
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(with_line_feeds(data))
    # Without the user's own template for repositories, which may bring hooks and attributes.
    _git(place, "init", "--quiet", "--template=", "--initial-branch=project")
    (place / ".git/info").mkdir(exist_ok=True)
    (place / ".git/info/attributes").write_text(_NO_ATTRIBUTES, "utf-8")
    for key, value in _SETTINGS.items():
        _git(place, "config", key, value)
    _commit(place)


def _commit(place: Path) -> None:
    # All of it: Copier refuses a repository that is not clean, and merges only what was committed.
    _git(place, "add", "--all", "--force")
    _git(place, "commit", "--quiet", "--allow-empty", "--no-verify", "--message=as it is now")


def _git(place: Path, *words: str) -> None:
    git = find_program("git")
    if git is None:
        raise ProjectError("git is not installed, or not on the PATH", fix="install it; Copier needs git")
    code, problem = _run([git, *words], place)
    if code:
        what = f"git {words[0]} failed in a temporary folder: {problem}"
        raise ProjectError(what, where=str(place), fix="nothing was changed; see that git works")


def _update(template: Template, place: Path, project: Path) -> None:
    """Let Copier work; relative places of a template are meant from the project."""
    path = path_of(template.integration)
    _let_source_be_found(template, place, project)
    # Not in the project: whatever is looked up in the current folder would be the project's.
    options = ["--trust", "--defaults", "--quiet", "--answers-file", path]
    code, problem = _run([sys.executable, "-c", _COPIER, "update", *options, str(place)], place.parent)
    if code:
        what = f"Copier could not update {template.integration}: {problem or 'it did not say why'}"
        raise ProjectError(what, where=path, fix="nothing was changed, in no integration")


def _let_source_be_found(template: Template, place: Path, project: Path) -> None:
    """Name a template that lies at a relative place by where it lies; Copier would store that, too."""
    source, path = absolute_source(template, project), path_of(template.integration)
    if source == template.source:
        return
    answers = from_text((place / path).read_text("utf-8"), path)
    (place / path).write_text(to_text({**answers, "_src_path": source}), "utf-8")
    _commit(place)


def _run(command: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run a program: its exit code, and what its errors come down to, the last line that says something."""
    try:
        process = run_program(command, folder, git_environment())
    except OSError as error:
        what = f"{command[0]} cannot be started: {error.strerror}"
        raise ProjectError(what, fix="install it; Copier needs git") from None
    lines = [line.strip() for line in process.stderr.decode(errors="replace").splitlines() if line.strip()]
    return process.returncode, lines[-1][:300] if lines else ""


def _step(integration: str, before: Files, after: Files) -> Step:
    paths = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    changes = tuple(Change(path, before.get(path), after.get(path)) for path in paths)
    marked = _marked(integration, after)
    last = _manifest(integration, before)
    edited = _edited(last, before) - {*marked} if last else frozenset()
    merged = tuple(change.path for change in changes if change.kind == "change" and change.path in edited)
    differences = _differences(before, last, _manifest(integration, after))
    versions = _version(integration, before), _version(integration, after)
    return Step(integration, *versions, changes, marked, merged, differences)


def _edited(last: Manifest, files: Files) -> frozenset[str]:
    """The files of an integration that are not as they were written, but for their line ends."""
    now = {path: with_line_feeds(files.get(path, b"")) for path in last.files}
    return frozenset(path for path, text in last.files.items() if now[path] != text.encode())


def _marked(integration: str, files: Files) -> tuple[str, ...]:
    """The files of an integration that hold conflicts."""
    own = f"{ROOT}/{integration}/"
    return tuple(path for path, data in files.items() if path.startswith(own) and has_marks(data))


def _version(integration: str, files: Files) -> str:
    path = path_of(integration)
    return str(from_text(nango_yaml.decode(files[path]), path).get("_commit")) if path in files else "none"


def _manifest(integration: str, files: Files) -> Manifest | None:
    """The manifest, if this version can read it: the template's may be newer."""
    path = manifest_path(integration)
    with suppress(ScaffoldError):
        return read_manifest(files.get(path), path)
    return None


def _differences(before: Files, last: Manifest | None, now: Manifest | None) -> tuple[Difference, ...]:
    """What the merge of nango.yaml left as it was, by doing it again; nothing where this version would not have done it."""
    if last is None or now is None or YAML not in before:
        return ()
    with suppress(ScaffoldError):
        return tuple(nango_yaml.merge(nango_yaml.decode(before[YAML]), now.block, last.block).kept)
    return ()
