"""A project on disk over its life: our commands, an editor, a formatter, git; and the invariants after each step.

Every line that the user writes carries a mark of its own (``mark-7``), so that a lost line is seen wherever it stood.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from tests.lifecycle.support import YAML, CommandResult, Project, changed
from tests.nango_yaml import js_yaml
from tests.render.node_tools import Node, ToolError

from nango_scaffold import nango_yaml

HAND = Path(__file__).resolve().parents[2] / "tests/toolchain/fixtures/hand"
ROOT = "nango-integrations"
_MARK = re.compile(rb"mark-\d+")
_GIT = ("git", "-c", "user.name=user", "-c", "user.email=user@localhost", "-c", "core.autocrlf=false")

HEAD_OF_YAML = """\
# Written by hand; every blank   and comment here is wanted.

integrations:
    # billing comes from the finance team
    billing:
        actions:
            pay-invoice:   # the only one
                description: 'Pay: one invoice'
                input:  Invoice
                output: Invoice
                endpoint: {method: POST, path: /invoices, group: Invoices}

"""
"""What the user's nango.yaml begins with; the hand-written integration ``github`` follows it."""
INVOICE = "    Invoice: { id: string, amount?: number }   # as finance has it"


@cache
def prettier() -> Node:
    """prettier, kept running in one Node process."""
    return Node()


class LivingProject:
    """A project folder, and all that its user has written into it.

    Attributes:
        marks: the file that each mark of the user's was written into.
        deleted: the generated files that the user has deleted, and nothing has brought back on request.
        by_hand: the files that the tool never wrote.
    """

    def __init__(self, path: Path) -> None:
        self.project = Project(path)
        self.path = path
        self.marks: dict[bytes, str] = {}
        self.deleted: set[str] = set()
        self.by_hand: set[str] = set()
        self._count = 0

    def copy(self, original: LivingProject) -> None:
        """Begin where another project stands."""
        shutil.copytree(original.path, self.path, dirs_exist_ok=True)
        self.by_hand = set(original.by_hand)

    def lay_hand_written(self) -> None:
        """Lay a project with hand-written integrations in it, under git."""
        shutil.copytree(HAND, self.path, dirs_exist_ok=True)
        text_by_hand = (HAND / YAML).read_text("utf-8")
        text = HEAD_OF_YAML + text_by_hand.removeprefix("integrations:\n").replace(
            "models:\n", f"models:\n{INVOICE}\n"
        )
        self.project.write(YAML, text)
        action = "export default async function runAction() {\n    return { id: '1' };\n}\n"
        self.project.write(f"{ROOT}/billing/actions/pay-invoice.ts", action)
        self.by_hand = {path for path, data in self.project.tree().items() if data is not None}
        self.git("init", "--quiet", "--template=")
        self.commit()

    # ---- what the tool does ------------------------------------------------------------------------------------

    def run(self, command: str, *words: str) -> CommandResult:
        """Run a command twice: it may fail, but without a traceback, and the second time it changes nothing."""
        result = self.run_once(command, *words)
        tree = self.project.tree()
        if result.code in (0, 1):
            second = self.project.run(command, *words)
            assert changed(tree, self.project.tree()) == set(), f"{command} again: {second.out}{second.err}"
        return result

    def run_once(self, command: str, *words: str) -> CommandResult:
        """Run a command: it may fail, but without a traceback, and the user's own files stay as they are."""
        before = self.project.tree()
        result = self.project.run(command, *words)
        after = self.project.tree()
        assert result.code in (0, 1, 2, 3), (result.code, result.err)
        assert "Traceback" not in result.err
        if result.code in (2, 3):
            assert changed(before, after) == set(), "what is refused changes nothing"
        assert [path for path in sorted(self.by_hand) if not is_untouched(path, before, after)] == []
        return result

    # ---- what the user does ------------------------------------------------------------------------------------

    def files(self, *endings: str) -> list[str]:
        """The files of the project's integrations and nango.yaml, by their endings; sorted."""
        tree = self.project.tree()
        return [path for path, data in tree.items() if data is not None and path.endswith(endings)]

    def edit(self, path: str, at: random.Random) -> str:
        """Write a line of the user's own into a file, or extend an existing line."""
        self._count += 1
        mark = f"mark-{self._count}"
        lines = self.project.read(path).splitlines(keepends=True) or ["\n"]
        number = at.randrange(len(lines))
        body = lines[number].rstrip("\r\n")
        end = lines[number][len(body) :] or "\n"
        comment = "#" if path.endswith((".yaml", ".yml", ".gitignore")) else "//"
        if at.random() < 0.5 or path.endswith(".yaml"):
            indent = re.match(r"\s*", body)
            lines.insert(number, f"{indent[0] if indent else ''}{comment} {mark}{end}")
        else:
            lines[number] = f"{body} {comment} {mark}{end}"
        self.project.write(path, "".join(lines))
        self.marks[mark.encode()] = path
        return mark

    def delete(self, path: str) -> None:
        """Delete a file, with the user's own lines in it.

        A mapper or types.ts may come back: with a new script that imports it.
        """
        (self.path / path).unlink()
        if "/mappers/" not in path and not path.endswith("/types.ts"):
            self.deleted.add(path)
        self.marks = {mark: file for mark, file in self.marks.items() if file != path}

    def format(self, options: dict[str, Any]) -> None:
        """Format everything with prettier and the user's settings; files it cannot parse stay as they are."""
        for path in self.files(".ts", ".json", ".yaml"):
            text = self.project.read(path)
            try:
                text = prettier().format_as(path, text, options)
            except ToolError:
                continue
            self.project.write(path, text)

    def convert_line_ends(self, end: str) -> None:
        """Check everything out again with other line ends."""
        for path in self.files(".ts", ".json", ".yaml", ".js", ".yml"):
            text = self.project.read(path).replace("\r\n", "\n")
            self.project.write(path, text.replace("\n", end))

    def git(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run git in the project."""
        return subprocess.run([*_GIT, *words], cwd=self.path, capture_output=True, check=False)

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message=now")

    def stash_and_pop(self, between: Any) -> None:
        """Stash uncommitted work, commit something else, and pop the stash where it applies."""
        marks, deleted = dict(self.marks), set(self.deleted)
        self.git("stash", "--include-untracked")
        self._forget_what_is_gone()
        between()
        self.commit()
        committed = dict(self.marks)
        if self.git("stash", "pop").returncode:
            self.git("reset", "--hard", "--quiet")
            self.git("clean", "-fdq")
            self.git("stash", "drop")
            self.marks = committed
        else:
            self.marks, self.deleted = marks | committed, deleted
        self._forget_what_is_gone()

    def _forget_what_is_gone(self) -> None:
        """After git has removed marks or restored files, expect what is there now."""
        tree = self.project.tree()
        texts = {path: data or b"" for path, data in tree.items()}
        self.marks = {
            mark: path for mark, path in self.marks.items() if mark in _MARK.findall(texts.get(path, b""))
        }
        self.deleted = {path for path in self.deleted if path not in texts}

    # ---- what has to hold ----------------------------------------------------------------------------------------

    def check(self) -> None:
        """The user's text is there, nango.yaml reads the same in the CLI's own reader, and no temporary file is left."""
        tree = self.project.tree()
        lost = {
            mark.decode(): path
            for mark, path in self.marks.items()
            if mark not in _MARK.findall(tree.get(path) or b"")
        }
        assert lost == {}, "a line of the user's is gone"
        back = {path for path in self.deleted if path in tree}
        assert back == set(), "a file that the user deleted is back"
        text = self.project.read(YAML)
        document = nango_yaml.read(text)
        ours = {"integrations": document.integrations, "models": document.models}
        assert js_yaml.comparable(ours) == js_yaml.load(text)
        assert [path for path in tree if ".nango-scaffold-tmp" in path] == []
        for path in tree:
            if path.endswith(".nango-scaffold.json"):
                json.loads(self.project.read(path))


def is_untouched(path: str, before: dict[str, bytes | None], after: dict[str, bytes | None]) -> bool:
    """Whether a file of the user's is as it was; to types.ts and schema.zod.ts, and into nango.yaml, lines may come."""
    old, new = before.get(path), after.get(path)
    if old is None or new is None or not path.endswith(("/types.ts", "/schema.zod.ts", "/nango.yaml")):
        return old == new
    return not Counter(_own_lines(old)) - Counter(_own_lines(new))


def _own_lines(text: bytes) -> list[bytes]:
    """The lines of a file that the tool has no part in."""
    lines = text.replace(b"\r\n", b"\n").splitlines()
    return [line for line in lines if b"mark-" in line or line.decode() in _BY_HAND]


_BY_HAND = frozenset(
    line for line in f"{HEAD_OF_YAML}{INVOICE}".splitlines() if "nvoice" in line or "finance" in line
)
"""Lines of nango.yaml that were written by hand, and that no entry of ours has."""
