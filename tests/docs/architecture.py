"""The two pictures of docs/architecture.md: the rooms, drawn from the contract that import-linter holds, and a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator" / "nango_scaffold"

WIDTH, MARGIN, GAP = 960, 16, 8
HEIGHT = 30

RUN = (
    ("answers", "what the user wants", "answers/"),
    ("facts", "what is known of the provider", "providers/"),
    ("spec", "the integration, complete and checked", "derive/"),
    ("files", "templates filled in", "render/"),
    ("plan", "against the project as it is", "operations/, plan/"),
    ("commit", "all files or none", "commit/"),
)
"""The steps of ``new``: what exists after each, what it is, and the room that makes it."""

_STYLE = (
    "rect{fill:#f4f6fa;stroke:#8593ad}"
    "text{font:13px ui-monospace,monospace;fill:#1c2536;text-anchor:middle}"
    ".note{font:12px sans-serif;fill:#55617a}"
    "path{stroke:#8593ad;fill:none;marker-end:url(#tip)}"
    "@media(prefers-color-scheme:dark){rect{fill:#243049;stroke:#7f8db0}text{fill:#e8ecf5}.note{fill:#aab5cd}}"
)
_TIP = '<marker id="tip" markerWidth="8" markerHeight="8" refX="6" refY="3" orient="auto"><path d="M0,0 L6,3 L0,6" style="marker-end:none"/></marker>'


def layers() -> list[list[str]]:
    """The layers of the house, topmost first, each the names of its rooms and files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = next(
        contract for contract in project["tool"]["importlinter"]["contracts"] if contract["type"] == "layers"
    )
    return [[_label(module) for module in layer.replace(":", "|").split("|")] for layer in contract["layers"]]


def rooms_svg() -> str:
    """Each layer a row; what stands in a row may import only from the rows below it."""
    rows = layers()
    height = 2 * MARGIN + len(rows) * (HEIGHT + GAP) - GAP
    return _svg(height, (box for number, row in enumerate(rows) for box in _row(number, row)))


def run_svg() -> str:
    """The steps of a run from left to right."""
    return _svg(2 * MARGIN + 100, _steps())


def _label(module: str) -> str:
    name = module.strip().removeprefix("nango_scaffold.")
    return f"{name}/" if (PACKAGE / name).is_dir() else f"{name}.py"


def _row(number: int, labels: list[str]) -> Iterator[str]:
    top = MARGIN + number * (HEIGHT + GAP)
    width = (WIDTH - 2 * MARGIN - GAP * (len(labels) - 1)) / len(labels)
    for index, label in enumerate(labels):
        yield from _box(MARGIN + index * (width + GAP), top, width, label)


def _steps() -> Iterator[str]:
    width = (WIDTH - 2 * MARGIN) / len(RUN)
    for index, (name, note, room) in enumerate(RUN):
        left = MARGIN + index * width
        middle = left + (width - 24) / 2
        yield from _box(left, MARGIN, width - 24, name)
        yield f'<text x="{middle:.0f}" y="{MARGIN + HEIGHT + 20}">{escape(room)}</text>'
        for line, words in enumerate(_two_lines(note)):
            yield f'<text class="note" x="{middle:.0f}" y="{MARGIN + HEIGHT + 42 + 16 * line}">{escape(words)}</text>'
        if index + 1 < len(RUN):
            start, level = left + width - 22, MARGIN + HEIGHT / 2
            yield f'<path d="M{start:.0f},{level:.0f} h16"/>'


def _two_lines(text: str) -> tuple[str, str]:
    words = text.split()
    half = (len(words) + 1) // 2
    return " ".join(words[:half]), " ".join(words[half:])


def _box(left: float, top: float, width: float, label: str) -> Iterator[str]:
    yield f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{HEIGHT}" rx="4"/>'
    yield f'<text x="{left + width / 2:.0f}" y="{top + HEIGHT / 2 + 5:.0f}">{escape(label)}</text>'


def _svg(height: int, parts: Iterator[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
    return "\n".join((head, f"<style>{_STYLE}</style>", f"<defs>{_TIP}</defs>", *parts, "</svg>", ""))
