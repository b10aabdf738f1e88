"""The plan in print: a drawn tree, unified diffs that ``git apply`` takes, and plain data for ``--json`` (pure)."""

from __future__ import annotations

from operator import eq
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .changes import Change, Merged, Plan

_CONTEXT = 3  # unchanged lines around a hunk, as in git
_Block = tuple[int, int, int, int]  # old lines from, to; new lines from, to; counted from 0
_Folder = dict[str, Any]  # name -> _Folder, or the words beside a file


def tree(plan: Plan) -> str:
    """Draw the plan as a tree with one word per file, the kept ones with their reason.

    Returns:
        Lines that end in a newline, the project as ``./`` first.
    """
    rows = tree_rows(plan)
    width = max(len(drawn) for drawn, _ in rows) + 2
    return "".join(f"{drawn.ljust(width)}{word}".rstrip() + "\n" for drawn, word in rows)


def tree_rows(plan: Plan, project: str = "./") -> list[tuple[str, str]]:
    """The lines of the tree: what is drawn, and the word beside it; empty beside a folder."""
    root: _Folder = {}
    for path, word in words(plan).items():
        _place(root, path, word)
    return [(project, ""), *_rows(root, "")]


def words(plan: Plan) -> dict[str, str]:
    """What becomes of each file: a word, and for some a reason behind a colon."""
    return {
        **{change.path: str(change.kind) for change in plan.changes},
        # Behind the changes, which hold the merged files, too: what is said of the merge is what counts.
        **{merged.path: _merge_word(merged) for merged in plan.merged},
        **{file.path: f"kept: {file.why}" for file in plan.kept},
    }


def _merge_word(merged: Merged) -> str:
    if not merged.conflicts:
        return "merged"
    places = "1 place" if merged.conflicts == 1 else f"{merged.conflicts} places"
    return f"conflict: {places} to resolve"


def _place(root: _Folder, path: str, word: str) -> None:
    *folders, name = path.split("/")
    for folder in folders:
        root = root.setdefault(f"{folder}/", {})
    root[name] = word


def _rows(folder: _Folder, indent: str) -> Iterator[tuple[str, str]]:
    names = sorted(folder)
    for name in names:
        branch, below = ("└── ", "    ") if name == names[-1] else ("├── ", "│   ")
        inside = folder[name]
        if isinstance(inside, str):
            yield f"{indent}{branch}{name}", inside
        else:
            yield f"{indent}{branch}{name}", ""
            yield from _rows(inside, indent + below)


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as data for ``--json``.

    Returns:
        ``{"changes": [{"path", "kind", "diff"}], "kept": [{"path", "why", "news"}], "merged": [{"path",
        "conflicts"}]}``, in the plan's order. A merged file is among the changes, too.
    """
    return {
        "changes": [
            {"path": change.path, "kind": change.kind, "diff": unified_diff(change)}
            for change in plan.changes
        ],
        "kept": [{"path": file.path, "why": file.why, "news": file.news} for file in plan.kept],
        "merged": [{"path": merged.path, "conflicts": merged.conflicts} for merged in plan.merged],
    }


def unified_diff(change: Change) -> str:
    """One file's change as git shows it; the empty string for an unchanged file.

    Returns:
        A patch for ``git apply``. Lines end at a line feed and nowhere else, so a carriage return stays part of its
        line. What is not UTF-8 text gets git's one line for binary files instead of hunks.
    """
    if change.kind == "unchanged":
        return ""
    head = [f"diff --git a/{change.path} b/{change.path}\n"]
    if change.kind == "create":
        head.append("new file mode 100644\n")
    if change.kind == "delete":
        head.append("deleted file mode 100644\n")
    old, new = _text(change.before), _text(change.after)
    a_name = "/dev/null" if change.before is None else f"a/{change.path}"
    b_name = "/dev/null" if change.after is None else f"b/{change.path}"
    if old is None or new is None:
        return "".join([*head, f"Binary files {a_name} and {b_name} differ\n"])
    hunks = list(_hunks(_lines(old), _lines(new)))
    if not hunks:  # an empty file that comes or goes
        return "".join(head)
    return "".join([*head, f"--- {_marked(a_name)}\n", f"+++ {_marked(b_name)}\n", *hunks])


def _marked(name: str) -> str:
    """A name with a blank ends in a tab, as in git, or a reader takes the rest for a date."""
    return f"{name}\t" if " " in name else name


def _text(data: bytes | None) -> str | None:
    """The bytes as text; None when they are binary."""
    if data is None:
        return ""
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _lines(text: str) -> list[str]:
    # Not splitlines, which ends a line at a form feed and at a dozen other characters, too.
    *lines, last = text.split("\n")
    ended = [f"{line}\n" for line in lines]
    return [*ended, last] if last else ended


def _hunks(old: list[str], new: list[str]) -> Iterator[str]:
    for group in _grouped(_blocks(old, new)):
        (a_first, _, b_first, _), (_, a_last, _, b_last) = group[0], group[-1]
        lead = min(_CONTEXT, a_first)
        trail = min(_CONTEXT, len(old) - a_last)
        at = a_first - lead
        yield f"@@ -{_range(at, a_last + trail)} +{_range(b_first - lead, b_last + trail)} @@\n"
        for a_low, a_high, b_low, b_high in group:
            yield from (_line(" ", line) for line in old[at:a_low])
            yield from (_line("-", line) for line in old[a_low:a_high])
            yield from (_line("+", line) for line in new[b_low:b_high])
            at = a_high
        yield from (_line(" ", line) for line in old[at : at + trail])


def _blocks(old: list[str], new: list[str]) -> Iterator[_Block]:
    """The blocks of lines that differ, in order."""
    # difflib costs 5 ms of import, and only a dry run prints diffs.
    from difflib import SequenceMatcher

    # What both begin and end with is left out: difflib takes time by the square.
    skip = same_start(old, new)
    tail = same_start(old[skip:][::-1], new[skip:][::-1])
    matcher = SequenceMatcher(None, old[skip : len(old) - tail], new[skip : len(new) - tail])
    for tag, a_low, a_high, b_low, b_high in matcher.get_opcodes():
        if tag != "equal":
            yield skip + a_low, skip + a_high, skip + b_low, skip + b_high


def _grouped(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Blocks whose context would touch, together: each group is one hunk."""
    group: list[_Block] = []
    for block in blocks:
        if group and block[0] - group[-1][1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def same_start(first: Sequence[str], other: Sequence[str]) -> int:
    """How many lines, or characters, both begin with."""
    return [*map(eq, first, other), False].index(False)


def _range(low: int, high: int) -> str:
    length = high - low
    if not length:
        return f"{low},0"  # an empty range names the line before it
    return str(low + 1) if length == 1 else f"{low + 1},{length}"


def _line(sign: str, line: str) -> str:
    if line.endswith("\n"):
        return f"{sign}{line}"
    return f"{sign}{line}\n\\ No newline at end of file\n"
