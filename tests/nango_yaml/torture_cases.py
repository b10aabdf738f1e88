"""The torture folder: files that people write, and what the editor makes of each.

A case is a folder: ``input.yaml`` (bytes), maybe ``case.json`` (the block, the base, or the block to remove; else the
shared ``block.json`` is put in), and the outcome: ``expected.yaml`` beside ``kept.txt`` when something was left as it
is, or, below ``refused``, ``refusal.txt``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nango_scaffold.nango_yaml import Block, Difference, Refused, decode, merge, remove

FOLDER = Path(__file__).parent / "torture"


@dataclass(frozen=True)
class Case:
    """One folder."""

    folder: Path

    @property
    def data(self) -> bytes:
        return (self.folder / "input.yaml").read_bytes()

    @property
    def text(self) -> str:
        return decode(self.data)

    @property
    def spec(self) -> dict[str, Any]:
        spec = self.folder / "case.json"
        return dict(json.loads(spec.read_text("utf-8"))) if spec.exists() else {}

    @property
    def block(self) -> Block:
        shared = json.loads((FOLDER / "block.json").read_text("utf-8"))
        return _block(self.spec.get("remove") or self.spec.get("block") or shared)

    @property
    def removes(self) -> bool:
        return "remove" in self.spec

    def outcome(self) -> tuple[str, tuple[Difference, ...]]:
        """The new text and what was left as the user has it.

        Raises:
            Refused: below ``refused``.
        """
        text, base = self.text, self.spec.get("base")
        if self.removes:
            removed = remove(text, self.block)
            return removed.text, removed.kept
        merged = merge(text, self.block, _block(base) if base else None)
        return merged.text, merged.kept

    def expected(self) -> dict[str, bytes]:
        """The files beside the input, by name."""
        known = {"input.yaml", "case.json"}
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.name not in known}

    def rendered(self) -> dict[str, bytes]:
        """What these files should hold."""
        try:
            text, differences = self.outcome()
        except Refused as refusal:
            return {"refusal.txt": _refusal(refusal).encode()}
        files = {"expected.yaml": text.encode()}
        if differences:
            files["kept.txt"] = "".join(f"{_difference(difference)}\n" for difference in differences).encode()
        return files


def cases(kind: str) -> list[Case]:
    """All cases below ``valid`` or ``refused``."""
    return [Case(folder) for folder in sorted((FOLDER / kind).iterdir())]


def _block(data: dict[str, Any]) -> Block:
    return Block(
        data["integration"],
        data.get("syncs", {}),
        data.get("actions", {}),
        data.get("models", {}),
        data.get("on_events", {}),
    )


def _difference(difference: Difference) -> str:
    return f"{difference.why}: {'.'.join(difference.path)}: theirs {difference.theirs!r}, ours {difference.ours!r}"


def _refusal(refusal: Refused) -> str:
    return str(refusal).partition("To add it by hand, paste:")[0].rstrip() + "\n"
