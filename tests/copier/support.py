"""Shared by the tests of Copier: a template that can be released, a project, and the two ways to run Copier."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
YAML = "nango-integrations/nango.yaml"
FIRST, SECOND = "v1.0.0", "v1.1.0"
TYPES_TEMPLATE = "template/files/nango-integrations/{{ view.integration }}/{% yield types from view.types %}types{% endyield %}.ts.jinja"

TEN = ["github", "gitlab", "hubspot", "jira", "linear", "notion", "salesforce", "slack", "stripe", "zendesk"]
HUBSPOT = {"provider": "hubspot", "sync_names": "contacts, companies", "action_names": "create-contact"}
FOLDER = "nango-integrations/hubspot"
TYPES = f"{FOLDER}/types.ts"
MANIFEST = f"{FOLDER}/.nango-scaffold.json"
CONTACTS = "nango-integrations/hubspot/syncs/contacts.ts"
COMPANIES = "nango-integrations/hubspot/syncs/companies.ts"


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, and give what it prints."""
    process = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert process.returncode == 0, f"git {' '.join(words)}: {process.stderr}"
    return process.stdout


def answers_file(integration: str) -> str:
    """Where Copier keeps an integration's answers."""
    return f"nango-integrations/{integration}/.copier-answers.yml"


def read_tree(root: Path, *, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file below a folder by its posix path, git's own left out."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return {path: data for path, data in files.items() if not path.endswith(without or ("\0",))}


@dataclass
class Template:
    """A template in a git repository."""

    root: Path

    def edit(self, path: str, old: str, new: str) -> Template:
        """Change a file of it; ``old`` must be there."""
        text = (self.root / path).read_text()
        assert old in text, f"{path} has no {old!r}"
        (self.root / path).write_text(text.replace(old, new))
        return self

    def release(self, tag: str | None) -> Template:
        """Commit, and tag unless there is no tag."""
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", f"--message={tag or 'no tag'}")
        if tag:
            git(self.root, "tag", tag)
        return self


@dataclass
class CommandResult:
    """A run of Copier: its exit code and all it printed."""

    code: int
    text: str


@dataclass
class Project:
    """A project in a git repository, or in a folder of one."""

    root: Path

    @classmethod
    def begin(cls, root: Path) -> Project:
        root.mkdir(parents=True)
        git(root, "init", "--quiet", "--initial-branch=main")
        return cls(root)

    def copy(self, template: Template | Path, data: dict[str, Any] | None = None, **options: Any) -> None:
        """``copier copy``, in this process."""
        from copier import run_copy

        root = template.root if isinstance(template, Template) else template
        quietly(run_copy, str(root), self.root, data=data or HUBSPOT, defaults=True, unsafe=True, **options)

    def update(self, integration: str = "hubspot", **options: Any) -> None:
        """``copier update``, in this process."""
        from copier import run_update

        quietly(
            run_update,
            self.root,
            answers_file=answers_file(integration),
            defaults=True,
            overwrite=True,
            unsafe=True,
            **options,
        )

    def commit(self, message: str = "Work") -> Project:
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", f"--message={message}")
        return self

    def status(self) -> str:
        """What git has to say; empty when nothing has changed."""
        return git(self.root, "status", "--porcelain", "--untracked-files=all", "--", ".")

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def write(self, path: str, text: str) -> Project:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(text.encode())
        return self

    def delete(self, path: str) -> Project:
        (self.root / path).unlink()
        return self

    def edit(self, path: str, old: str, new: str) -> Project:
        """Change a file; ``old`` must be there."""
        text = self.read(path)
        assert old in text, f"{path} has no {old!r}"
        return self.write(path, text.replace(old, new, 1))

    def has(self, path: str) -> bool:
        return (self.root / path).exists()

    def nango_yaml(self) -> dict[str, Any]:
        return dict(yaml.safe_load(self.read(YAML)))

    def entry(self, integration: str = "hubspot") -> dict[str, Any]:
        """What nango.yaml says of an integration."""
        return dict(self.nango_yaml()["integrations"][integration])

    def stored(self, integration: str = "hubspot") -> dict[str, Any]:
        """Copier's answers."""
        return dict(yaml.safe_load(self.read(answers_file(integration))))

    def tree(self, *, without: tuple[str, ...] = ()) -> dict[str, bytes]:
        return read_tree(self.root, without=without)


def load(template: Path) -> None:
    """Load the code of a template for good: whatever clone of the same version Copier makes finds it loaded."""
    path = template / "generator/nango_scaffold/copier_extension.py"
    spec = spec_from_file_location(f"stories_{template.name}", path)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(module_from_spec(spec))


def quietly(function: Any, *words: Any, **options: Any) -> None:
    """Call Copier without its output."""
    with printed():
        function(*words, quiet=True, **options)


@contextmanager
def printed() -> Iterator[Callable[[], str]]:
    """All that this process and those it starts print, and nothing to read from a keyboard."""
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile("w+"))
        keyboard = stack.enter_context(open(os.devnull))
        for number, end in ((0, keyboard), (1, file), (2, file)):
            before = os.dup(number)
            stack.callback(os.close, before)
            stack.callback(os.dup2, before, number)
            os.dup2(end.fileno(), number)
        stack.enter_context(redirect_stdout(file))
        stack.enter_context(redirect_stderr(file))

        def text() -> str:
            file.flush()
            file.seek(0)
            return file.read()

        yield text


def copier(*words: object, cwd: Path | None = None) -> CommandResult:
    """Copier's command line, in this process."""
    from copier._cli import CopierApp
    from plumbum import local

    with printed() as text, local.cwd(cwd or Path.cwd()):
        _, code = CopierApp.run(["copier", *map(str, words)], exit=False)
        return CommandResult(code, text())


def copier_process(*words: object, cwd: Path | None = None) -> CommandResult:
    """Copier's command line, as a user has it."""
    command = [sys.executable, "-m", "copier", *map(str, words)]
    process = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return CommandResult(process.returncode, process.stdout + process.stderr)


def scaffold_new(project: Path, *words: object) -> CommandResult:
    """``nango-scaffold new``, in this process."""
    from nango_scaffold.cli import main

    with printed() as text:
        code = main(["new", "--project", str(project), *map(str, words)])
        return CommandResult(code, text())
