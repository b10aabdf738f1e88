"""The parts of the documentation that are written from the code, so that they cannot go stale.

python -m tests.docs.generated            write them anew
python -m tests.docs.generated --check    say what differs, and fail if anything does
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nango_scaffold.answers.json_schema import json_schema

from . import answers, architecture, command_line, man_page, resources, rules

ROOT = Path(__file__).resolve().parents[2]


@cache
def pages() -> Mapping[str, str]:
    """Every generated file, by its path in the project."""
    return {
        "docs/answers.schema.json": json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
        "docs/architecture-rooms.svg": architecture.rooms_svg(),
        "docs/architecture-run.svg": architecture.run_svg(),
        "docs/nango-scaffold.1": man_page.page(),
        "docs/reference/answers.md": answers.page(),
        "docs/reference/command-line.md": command_line.page(),
        "docs/reference/resources.md": resources.page(),
        "docs/reference/rules.md": rules.page(),
    }


def drift() -> list[str]:
    """The files that are not what the code gives now."""
    return [path for path, text in pages().items() if _text_of(ROOT / path) != text]


def _text_of(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def main(options: list[str]) -> int:
    """Write or check every page."""
    if "--check" in options:
        outdated = drift()
        for path in outdated:
            print(f"{path} is not what the code gives: run python3 dev.py docs", file=sys.stderr)
        return 1 if outdated else 0
    for path, text in pages().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
