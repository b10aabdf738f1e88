"""Arbitrary valid nango.yaml files: any data, in any of the ways people write YAML."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from nango_scaffold.nango_yaml import Block

WORDS = [
    "issues",
    "users",
    "git",
    "github",
    "github-app",
    "git hub",
    "12",
    "a.b",
    "on",
    "no",
    "true",
    "ünïcode",
]
TYPES = [
    "string",
    "number?",
    "string[]",
    "open | closed",
    "boolean",
    "Date",
    "a\tb",
    "null",
    "12",
    "1.50",
    "0o14",
    "yes",
]
SENTENCES = [
    "Gets all issues.",
    "Gets all issues\nand their comments.\n",
    "Two paragraphs.\n\nIndeed.\n",
    "# no comment\n",
    "key: value",
    'It\'s "quoted"',
    "trailing \\",
    "a  b",
    "x\n\n\n",
    "line\u2028separator",
    "tab\tinside",
]
SCRIPT_NAMES = ["issues", "issue", "issues-2", "create-issue", "list", "on", "get_all"]

names = st.one_of(
    st.sampled_from(WORDS), st.text("abcdefghij-_", min_size=1, max_size=8).map(lambda name: f"p{name}")
)


@dataclass(frozen=True)
class File:
    """A generated file: its text and the data it must read as."""

    text: str
    integrations: dict[str, Any]
    models: dict[str, Any]


@dataclass(frozen=True)
class Style:
    """Choices that hold for a whole file; the rest is drawn line by line."""

    steps: tuple[int, ...]
    dash: int
    eol: str
    bom: bool
    final_newline: bool
    blank_lines: tuple[int, int]
    noise: bool


styles = st.builds(
    Style,
    steps=st.lists(st.sampled_from([1, 2, 3, 4, 8]), min_size=1, max_size=4).map(tuple),
    dash=st.sampled_from([0, 2, 4]),
    eol=st.sampled_from(["\n", "\n", "\r\n"]),
    bom=st.sampled_from([False, False, True]),
    final_newline=st.sampled_from([True, True, False]),
    blank_lines=st.tuples(st.integers(0, 2), st.integers(0, 1)),
    noise=st.booleans(),
)


@st.composite
def files(draw: st.DrawFn, integration: str | None = None) -> File:
    """A file that the nango CLI would read in its v2 form; with ``integration``, one that holds it."""
    style = draw(styles)
    integrations = draw(st.dictionaries(names, integration_entries(), max_size=3))
    if integration is not None:
        integrations[integration] = draw(integration_entries(prefix="their-"))
    models = draw(
        st.dictionaries(st.sampled_from(["Issue", "User", "IssueComment", "On"]), model_entries(), max_size=3)
    )
    data = {"integrations": integrations, "models": models}
    if draw(st.booleans()):
        data = dict(reversed(data.items()))
    writer = _Writer(draw, style)
    lines = writer.file(data)
    text = style.eol.join(lines) + (style.eol if style.final_newline else "")
    return File(("\ufeff" if style.bom else "") + text, integrations, models)


@st.composite
def integration_entries(draw: st.DrawFn, prefix: str = "") -> dict[str, Any]:
    """The data of an integration in the v2 form."""
    scripts = {
        section: {
            f"{prefix}{section[0]}-{name}": draw(script_entries(section, number))
            for number, name in enumerate(
                draw(st.lists(st.sampled_from(SCRIPT_NAMES), min_size=1, max_size=3, unique=True))
            )
        }
        for section in draw(st.lists(st.sampled_from(["syncs", "actions"]), min_size=1, unique=True))
    }
    if draw(st.booleans()):
        scripts["on-events"] = {"post-connection-creation": ["setup"]}
    return scripts


@st.composite
def script_entries(draw: st.DrawFn, section: str, number: int) -> dict[str, Any]:
    """The data of a sync or an action."""
    entry: dict[str, Any] = {}
    if section == "syncs":
        entry["runs"] = draw(st.sampled_from(["every hour", "every 5 minutes"]))
        entry["output"] = f"Output{number}"
    if draw(st.booleans()):
        entry["description"] = draw(st.sampled_from(SENTENCES))
    if draw(st.booleans()):
        entry["scopes"] = draw(
            st.lists(st.sampled_from(["read", "repo:status", "a b", "12", "#x"]), max_size=3)
        )
    if draw(st.booleans()):
        entry["track_deletes"] = draw(st.sampled_from([True, False, None, 12, 1.5]))
    method = "GET" if section == "syncs" else "PUT"
    path = f"/{section}-{number}"
    entry["endpoint"] = draw(
        st.sampled_from([f"{method} {path}", {"method": method, "path": path, "group": "All"}])
    )
    return entry


@st.composite
def model_entries(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a model."""
    leaf = st.sampled_from(TYPES)
    inner = st.one_of(leaf, st.dictionaries(names, leaf, max_size=2), st.lists(leaf, min_size=1, max_size=2))
    return {"id": "string", **draw(st.dictionaries(names, inner, max_size=3))}


class _Writer:
    def __init__(self, draw: st.DrawFn, style: Style) -> None:
        self.draw = draw
        self.style = style
        self.in_flow = False

    def file(self, data: dict[str, Any]) -> list[str]:
        start = self._pick([], [], ["# nango.yaml"], ["", "# two", "", ""], ["---"], ["%YAML 1.2", "---"])
        end = self._pick([], [], ["# the end"], ["", ""], ["..."], ["...", "# after"])
        return [*start, *self.mapping(data, 0, 0), *end]

    def mapping(self, data: dict[str, Any], column: int, depth: int) -> list[str]:
        lines: list[str] = []
        for number, (key, value) in enumerate(data.items()):
            if number:
                lines += [""] * (self.style.blank_lines[depth - 1] if depth in (1, 2) else 0)
            if self._noisy():
                lines.append(
                    " " * self._pick(column, column, column, 0, column // 2)
                    + self._pick("# a comment", "#", "# key: value")
                )
            lines += self.entry(key, value, column, depth)
        if self._noisy() and column and not _keeps(lines):
            lines.append(" " * column + "# at the end")
        return lines

    def entry(self, key: str, value: Any, column: int, depth: int) -> list[str]:
        head = f"{' ' * column}{self.key(key)}:"
        below = column + self.style.steps[min(depth, len(self.style.steps) - 1)]
        if isinstance(value, dict) and value:
            if depth > 2 and self._rarely():
                return [f"{head} {self.flow(value)}{self._comment()}"]
            return [head + self._comment(), *self.mapping(value, below, depth + 1)]
        if isinstance(value, list) and value:
            if self._rarely():
                return [f"{head} {self.flow(value)}{self._comment()}"]
            dash = " " * (column + self.style.dash)
            return [
                head + self._comment(),
                *(f"{dash}- {self.flow(item)}{self._comment()}" for item in value),
            ]
        if isinstance(value, str) and "\n" in value and _fits_block(value) and not self._rarely():
            return self.block(head, value, below)
        blanks = self._pick("", "", "  ") if value != {} else ""
        return [f"{head} {blanks}{self.flow(value)}{self._comment()}"]

    def block(self, head: str, value: str, column: int) -> list[str]:
        body = value.rstrip("\n")
        ending = value[len(body) :]
        chomp = {"": "-", "\n": ""}.get(ending, "+")
        lines = [" " * column + line if line else "" for line in body.split("\n")]
        blank = [""] * (len(ending) - 1) if chomp == "+" else self._pick([], [], [""])
        return [f"{head} |{chomp}{self._comment()}", *lines, *blank]

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = ", ".join(
                f"{json.dumps(key, ensure_ascii=False)}: {self.flow(item)}" for key, item in value.items()
            )
            return f"{{ {inner} }}" if inner else "{}"
        if isinstance(value, list):
            return f"[{', '.join(self.quoted(item) for item in value)}]"
        return self.scalar(value)

    def quoted(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def scalar(self, value: Any) -> str:
        if value is None:
            return self._pick("null", "~")
        if not isinstance(value, str):
            return json.dumps(value)
        if _fits_plain(value) and not self._rarely():
            return value
        if "\n" not in value and "\u2028" not in value and self._pick(True, False):
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=False)

    def key(self, key: str) -> str:
        if _fits_plain(key) and not self._rarely():
            return key
        return self._pick(json.dumps(key, ensure_ascii=False), f"'{key}'")

    def _comment(self) -> str:
        return self._pick("  # why: \"this\" 'that'", " #", "   ", "\t# tabbed") if self._noisy() else ""

    def _noisy(self) -> bool:
        return self.style.noise and self._rarely()

    def _rarely(self) -> bool:
        return self.draw(st.integers(0, 4)) == 4

    def _pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))


def _keeps(lines: list[str]) -> bool:
    """Whether a comment behind these lines could become part of a block scalar."""
    return any(line.partition(" #")[0].rstrip().endswith(("|", "|-", "|+")) for line in lines)


def _fits_block(text: str) -> bool:
    return text.strip("\n")[:1].isalnum() or text.startswith("#")


def _fits_plain(text: str) -> bool:
    special = {"on": True, "no": True, "yes": True}
    if text in special:
        return True
    return (
        text[0].isalpha()
        and text not in ("true", "null")
        and ": " not in text
        and " #" not in text
        and "\n" not in text
    )


def blocks(integration: str) -> st.SearchStrategy[Block]:
    """What we would write: names that no generated file uses."""
    return st.builds(
        lambda syncs, actions, models: Block(integration, syncs, actions, models),
        st.dictionaries(st.sampled_from(["our-a", "our-b"]), _our_scripts("Our"), min_size=1).map(_distinct),
        st.dictionaries(st.sampled_from(["our-c", "our-d"]), _our_actions(), max_size=2).map(
            _distinct_actions
        ),
        st.dictionaries(st.sampled_from(["OurThing", "OurOther"]), model_entries(), max_size=2),
    )


def _our_scripts(model: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"runs": st.just("every hour"), "description": st.sampled_from(SENTENCES), "output": st.just(model)},
        optional={"scopes": st.lists(st.sampled_from(["read", "repo:status"]), max_size=2)},
    )


def _our_actions() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"description": st.sampled_from(SENTENCES), "endpoint": st.just({"method": "POST", "path": "/x"})}
    )


def _distinct(scripts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {
            **script,
            "output": f"Our{name[-1].upper()}",
            "endpoint": {"method": "GET", "path": f"/{name}"},
        }
        for name, script in scripts.items()
    }


def _distinct_actions(actions: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {**action, "endpoint": {"method": "POST", "path": f"/{name}"}}
        for name, action in actions.items()
    }
