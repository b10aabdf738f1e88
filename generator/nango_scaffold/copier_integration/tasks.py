"""Copier's task after a copy and its migration after an update: bring in what Copier cannot.

It runs as a process of its own in the project, from the clone of the new version. All it does was rehearsed by the
gate; what can still fail is the disk, and another run that holds the lock.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from .. import nango_yaml
from ..commit import apply, hold, merge_file, read, recover
from ..errors import ProjectError, ScaffoldError
from ..nango_yaml import decode
from ..operations import Project as Files
from ..operations.manifests import last_manifest
from ..output import write
from ..plan import Change, Plan
from ..plan.merging import has_marks, like, with_line_feeds
from ..programs import git_in
from ..render.paths import YAML
from ..report import remarks
from ..unforeseen import report
from .answers_file import MANIFEST_LOST, from_text, project_files_of
from .integrate import bring_in, integration_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..manifest import Manifest
    from ..operations import Outcome
    from .integrate import StoredIntegration

_OPERATION = "COPIER_OPERATION"
"""Copier tells a task by this variable whether it is at a copy or at an update."""

_LABELS = ("before updating", "last update", "after updating")
_TAKE_BACK = {
    "copy": "The shared files are unchanged. Fix this, then run the same copy again.",
    "update": "The shared files are unchanged. Undo the update with git, fix this, then update again.",
}


def main(words: Sequence[str]) -> int:
    """Run the task or the migration in the current folder.

    Returns:
        The exit code: 0 when all is done; conflicts are named, as Copier does it, without another code.
    """
    (answers_file,) = words  # Copier prints the command: all else that is needed stands in that file
    operation = os.environ[_OPERATION]
    project = Path.cwd()
    try:
        lines = _finished(project, answers_file, operation)
    except ScaffoldError as error:
        write(f"nango-scaffold: {error}\n{_TAKE_BACK[operation]}\n", sys.stderr)
        return 1
    except Exception as error:
        code = report(error, as_data=False)
        write(f"{_TAKE_BACK[operation]}\n", sys.stderr)
        return code
    write("".join(lines), sys.stderr)
    return 0


def _finished(project: Path, answers_file: str, operation: str) -> list[str]:
    """Do all of it, and give what there is to say."""
    answers = _answers(project, answers_file)
    integration = integration_of(answers)
    outcome, files = _write(project, integration, answers, is_copy=operation == "copy")
    about = _about(outcome, files, integration, is_copy=operation == "copy")
    return [*about, *_conflicts(project, integration)]


def _answers(project: Path, path: str) -> dict[str, Any]:
    data = read(project, [path])[path]
    if data is None:
        raise ProjectError("Copier has written no answers file", where=path, fix="leave it out of --exclude")
    return from_text(decode(data), path)


def _write(
    project: Path, integration: StoredIntegration, answers: Mapping[str, Any], *, is_copy: bool
) -> tuple[Outcome, tuple[Change, ...]]:
    """Write the shared files, and what becomes of the files that are no longer part of the integration."""
    with hold(project) as lock:
        recovery = recover(lock)
        if recovery is not None:
            write(f"nango-scaffold: {recovery.sentence}\n", sys.stderr)
        # Read under the lock: another run may have written it since the gate.
        last = last_manifest(integration.name, Files(partial(read, project)))
        outcome = bring_in(
            integration,
            partial(read, project),
            # An update never writes project files: Copier would bring back those that the user has deleted.
            _founded(integration, answers, last) if is_copy else (),
            was_there=not is_copy or answers.get(MANIFEST_LOST) is True,
            is_merged=not is_copy,
        )
        files: tuple[Change, ...] = ()
        if last and is_copy:
            files = tuple(_dropped(project, last, integration))
        elif last:
            files = tuple(_restored(project, last, integration, outcome))
        merged = () if is_copy or last is None else _merged_again(project, last, integration)
        apply(lock, Plan((*outcome.plan.changes, *files, *merged)))
    return outcome, files


def _founded(integration: StoredIntegration, answers: Mapping[str, Any], last: Manifest | None) -> list[str]:
    """The project files that came with this copy."""
    written = last.files if last else {}
    files = project_files_of(answers)
    return [path for path in files if path in integration.project_files and path not in written]


def _restored(
    project: Path, last: Manifest, integration: StoredIntegration, outcome: Outcome
) -> Iterator[Change]:
    """Files that Copier has deleted, because they are rendered no more, though they hold the user's work.

    So does one whose entry stays in nango.yaml, where it was edited.
    """
    for path, text in _no_longer_ours(last, integration):
        # From the commit: an update asks for a clean repository, so nothing that was edited is missing there.
        before = _at_head(project, path)
        if before is not None and read(project, [path])[path] is None:
            is_named = PurePosixPath(path).stem in _entries(outcome, integration.name)
            if is_named or with_line_feeds(before) != text.encode():
                yield Change(path, None, before)


def _entries(outcome: Outcome, integration: str) -> set[str]:
    """The scripts that nango.yaml has for the integration afterwards, by name."""
    yaml = next((change.after for change in outcome.plan.changes if change.path == YAML), None)
    entry = nango_yaml.read(decode(yaml or b"")).integrations.get(integration)
    sections = entry if isinstance(entry, dict) else {}
    events = (sections.get("on-events") or {}).values()
    lists = (sections.get("syncs"), sections.get("actions"), *events)
    return {str(name) for names in lists for name in names or ()}


def _dropped(project: Path, last: Manifest, integration: StoredIntegration) -> Iterator[Change]:
    """Files that a copy, told to overwrite, leaves behind: gone unless the user has edited them."""
    for path, text in _no_longer_ours(last, integration):
        before = read(project, [path])[path]
        if before is not None and with_line_feeds(before) == text.encode():
            yield Change(path, before, None)


def _no_longer_ours(last: Manifest, integration: StoredIntegration) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in last.files.items() if path not in integration.files)


def _at_head(project: Path, path: str) -> bytes | None:
    """A file as it was committed, with the line ends git gives it in this working tree."""
    process = git_in(project, "cat-file", "--filters", f"HEAD:./{path}")
    return process.stdout if process.returncode == 0 else None


def _about(
    outcome: Outcome, files: Sequence[Change], integration: StoredIntegration, *, is_copy: bool
) -> Iterator[str]:
    yaml = next(change.kind for change in outcome.plan.changes if change.path == YAML)
    if yaml != "unchanged":
        yield f"{YAML}: {yaml}d\n"
    for change in files:
        why = "kept, for it holds your edits or is still named in nango.yaml" if change.after else "deleted"
        yield f"{change.path}: no longer part of {integration.name}; {why}\n"
    yield from remarks(outcome, guesses=is_copy)


def _conflicts(project: Path, integration: StoredIntegration) -> Iterator[str]:
    """Name the files that Copier could not merge by itself."""
    rejected = {path: f"{path}.rej" for path in integration.files}
    on_disk = read(project, [*rejected, *rejected.values()])
    marked = [path for path in rejected if has_marks(on_disk[path] or b"")]
    conflicts = [*marked, *(name for name in rejected.values() if on_disk[name] is not None)]
    if conflicts:
        yield "\nConflicts between your edits and this version; look for <<<<<<< and >>>>>>> in:\n"
        yield from (f"  {path}\n" for path in conflicts)


def _merged_again(project: Path, last: Manifest, integration: StoredIntegration) -> Iterator[Change]:
    """What becomes of the conflicts that line ends alone have made, or made larger.

    Where a repository keeps a file with CRLF, every line of it is edited to Copier's merge, which goes by bytes. So it is
    merged once more without regard to line ends, and gets those it had.
    """
    for path, theirs in integration.files.items():
        marked, base = read(project, [path])[path], last.files.get(path)
        if marked is None or base is None or not has_marks(marked):
            continue
        yours = git_in(project, "cat-file", "blob", f"HEAD:./{path}").stdout
        in_line_feeds = with_line_feeds(yours)
        if in_line_feeds == yours:
            continue
        merged = merge_file(base.encode(), in_line_feeds, theirs.encode(), _LABELS)
        if merged is None:
            continue
        yield Change(path, marked, like(yours, merged.text))
        if not merged.conflicts:
            git_in(project, "reset", "--quiet", "--", path)  # Copier has noted a conflict in git's index
