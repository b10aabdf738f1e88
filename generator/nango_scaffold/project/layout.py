"""Where the files of a project lie: every room plans with ``nango-integrations/``, and the paths become real at the edges."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..plan import Change, Merged, Plan
from ..render.paths import ROOT, YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..errors import Place, Problem, ScaffoldError

    Reader = Callable[[Iterable[str]], Mapping[str, "bytes | None"]]


@frozen
class Layout:
    """Where in a project its integrations lie.

    A planned path begins with ``nango-integrations/`` if it is one of the integrations' folder, whatever that is called; a
    real path is one of this project.

    Attributes:
        folder: the folder that holds, or will hold, nango.yaml: posix, below the root; empty for the root itself.
        elsewhere: the project files, such as ``package.json``, that the project has in another place than its root.
    """

    folder: str = ROOT
    elsewhere: frozenset[str] = field(default=frozenset())

    @property
    def is_default(self) -> bool:
        """Whether planned paths are real ones."""
        return self.folder == ROOT

    @property
    def yaml(self) -> str:
        """The real path of nango.yaml."""
        return self.real(YAML)

    def real(self, path: str) -> str:
        """The real path of a planned one."""
        head, slash, rest = path.partition("/")
        # Project files, such as package.json, lie in the root wherever the integrations are.
        if not slash or head != ROOT or self.is_default:
            return path
        return f"{self.folder}/{rest}" if self.folder else rest

    def reading(self, read: Reader) -> Reader:
        """A reader of planned paths, from one of real paths."""
        if self.is_default:
            return read

        def read_planned(paths: Iterable[str]) -> Mapping[str, bytes | None]:
            real = {path: self.real(path) for path in paths}
            data = read(real.values())
            return {path: data[place] for path, place in real.items()}

        return read_planned

    def placed(self, plan: Plan) -> Plan:
        """A plan with real paths, from one with planned paths."""
        if self.is_default:
            return plan
        return Plan(
            tuple(Change(self.real(each.path), each.before, each.after) for each in plan.changes),
            tuple(replace(each, path=self.real(each.path)) for each in plan.kept),
            tuple(Merged(self.real(each.path), each.conflicts) for each in plan.merged),
        )

    def name_real_places(self, error: ScaffoldError) -> None:
        """Let an error that names a planned path name the real one."""
        if self.is_default:
            return
        error.where = self._named(error.where)
        error.fix = error.fix.replace(f"{ROOT}/", f"{self.folder}/" if self.folder else "")
        error.locate(self._located)

    def _located(self, problem: Problem) -> Place | None:
        place = problem.place
        return replace(place, source=self._named(place.source)) if place else None

    def _named(self, place: str) -> str:
        path, colon, rest = place.partition(":")
        return f"{self.real(path)}{colon}{rest}"


DEFAULT = Layout()
"""``nango-integrations/`` below the root."""
