"""What a types.ts that somebody else wrote lacks for our files to compile beside it; nothing of theirs changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ScaffoldError
from ..plan.merging import like, with_line_feeds
from ..typescript.declarations import Elsewhere, TypeNames, type_declarations, type_names
from ..typescript.module_paths import candidates
from ..typescript.nodes import source_text
from ..typescript.source_file import SourceFile
from ..typescript.syntax import Syntax, syntax_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..typescript.syntax import Node
    from .project import Project


_MOST_FILES = 200  # that a types.ts hands types on from, one through another
_NO_NAMES = TypeNames(frozenset(), {}, ())


def imports_of(path: str, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files of the project that a file of ours imports, each with the names that it takes from there."""
    for imported in SourceFile(text).imports:
        target = next(iter(candidates(path, imported.source)), None)
        if target is not None:
            yield target, imported.originals


def with_types(existing: bytes, path: str, rendered: str, names: Iterable[str], project: Project) -> bytes:
    """Add to a types.ts what it lacks: declarations of ours, and exports of what it only declares.

    Args:
        existing: what the file holds.
        path: where it lies.
        rendered: the types.ts that we would write.
        names: the types that files of ours import from it.
        project: where the files lie that it exports types of.

    Returns:
        The file with more behind its own text; ``existing`` itself when it lacks nothing.
    """
    text = with_line_feeds(existing).decode("utf-8", "surrogateescape")
    additions = list(_Additions(text, path, rendered, project).for_imports(names))
    if not additions:
        return existing
    whole = "\n\n".join([text.rstrip("\n"), *additions]).lstrip("\n")
    return like(existing, f"{whole}\n".encode("utf-8", "surrogateescape"))


class _Additions:
    """What one types.ts lacks."""

    def __init__(self, text: str, path: str, rendered: str, project: Project) -> None:
        self._path = path
        self._project = project
        self._names = _type_names(text.encode("utf-8", "surrogateescape"))
        self._ours = type_declarations(syntax_of(rendered))
        self._others: dict[str, TypeNames] = {}

    def for_imports(self, names: Iterable[str]) -> Iterator[str]:
        """The statements that make some types importable, and those that their declarations need."""
        missing = [name for name in dict.fromkeys(names) if not self._is_exported(name)]
        hidden = [name for name in missing if name in self._names.local]
        added = self._declared_with([name for name in missing if name not in hidden])
        yield from self._imports(added)
        yield from (_declaration(self._ours[name]) for name in self._ours if name in added)
        if hidden:
            yield f"export type {{ {', '.join(hidden)} }};"

    def _declared_with(self, names: Iterable[str]) -> set[str]:
        """The declarations of ours that are needed for some types: theirs, and those of the types in them."""
        pending, added = list(names), set[str]()
        while pending:
            name = pending.pop()
            if name in self._ours and name not in added:
                added.add(name)
                pending += [each for each in _mentioned(self._ours[name]) if not self._is_known(each)]
        return added

    def _imports(self, added: Iterable[str]) -> Iterator[str]:
        """The imports of what the file only hands on from another one, and our declarations use."""
        mentioned = {name for declared in added for name in _mentioned(self._ours[declared])}
        for name in sorted(mentioned & self._ours.keys() - self._names.local):
            origin = self._origin(name)
            if origin is not None:
                named = name if origin.original == name else f"{origin.original} as {name}"
                yield f"import type {{ {named} }} from '{origin.source}';"

    def _is_known(self, name: str) -> bool:
        return name in self._names.local or self._is_exported(name)

    def _is_exported(self, name: str) -> bool:
        return name in self._names.exported or self._origin(name) is not None

    def _origin(self, name: str) -> Elsewhere | None:
        """The file that a type is handed on from: by its name, or with all that the file exports."""
        if name in self._names.exported:
            return self._names.exported[name]
        sources = (source for source in self._names.stars if self._exports(self._path, source, name))
        source = next(sources, None)
        return Elsewhere(source, name) if source is not None else None

    def _exports(self, path: str, source: str, name: str) -> bool:
        """Whether a file that another one exports all of exports a type, itself or by handing on."""
        seen: set[str] = set()  # two files may hand on all of each other
        pending = [*candidates(path, source)]
        while pending:
            other = pending.pop()
            names = self._names_in(other) if other not in seen else _NO_NAMES
            seen.add(other)
            if name in names.exported:
                return True
            pending += [target for star in names.stars for target in candidates(other, star)]
        return False

    def _names_in(self, path: str) -> TypeNames:
        """The names of types in a file; none for one that cannot be read, or where too many are led to."""
        if path not in self._others and len(self._others) < _MOST_FILES:
            self._others[path] = _type_names(self._read(path))
        return self._others.get(path, _NO_NAMES)

    def _read(self, path: str) -> bytes:
        try:
            return self._project.get(path) or b""
        except (ScaffoldError, OSError):  # it cannot be read, so that nothing is known of it
            return b""


def _type_names(data: bytes) -> TypeNames:
    return type_names(Syntax(data.decode("utf-8", "replace")))


def _mentioned(statement: Node) -> set[str]:
    return {source_text(node) for node in walk(statement, "type_identifier")}


def _declaration(statement: Node) -> str:
    """A declaration with the comment above it."""
    comment = statement.prev_sibling
    is_above = comment is not None and comment.type == "comment"
    above = f"{source_text(comment)}\n" if is_above else ""
    return above + source_text(statement)
