"""The project as it stands after the jobs so far, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from .. import nango_yaml
from ..frozen import frozen
from ..plan import Change

Reader = Callable[[Iterable[str]], Mapping[str, "bytes | None"]]
"""Gives what stands at some paths of the project; ``None`` where there is no file."""


@frozen
class Project:
    """What was read of a project, and what has been put over it."""

    reader: Reader
    original: dict[str, bytes | None] = field(default_factory=dict)
    now: dict[str, bytes | None] = field(default_factory=dict)

    def get(self, path: str) -> bytes | None:
        """What stands at a path now."""
        return self.read([path])[path]

    def read(self, paths: Iterable[str]) -> dict[str, bytes | None]:
        """What stands at some paths now."""
        names = list(paths)
        if unknown := [path for path in names if path not in self.original]:
            self.original.update(self.reader(unknown))
        return {path: self.now.get(path, self.original[path]) for path in names}

    def text(self, path: str) -> str | None:
        """The text at a path now."""
        data = self.get(path)
        return None if data is None else nango_yaml.decode(data)

    def put(self, path: str, data: bytes | None) -> None:
        """Let a file be something else from now on; ``None``: let it go."""
        # What stood there has to be known: the plan is checked against it before it is written.
        self.get(path)
        self.now[path] = data

    def is_changed(self, path: str) -> bool:
        """Whether something else was put at a path than stood there."""
        return self.get(path) != self.original[path]

    def changes(self) -> list[Change]:
        """Every file that is not as it was, and those read that are."""
        return [Change(path, self.original[path], after) for path, after in sorted(self.now.items())]
