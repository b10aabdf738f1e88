"""Names of syncs, actions, mappers and models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...naming.reserved import SCRIPT_NAME
from ...naming.words import camel, kebab, pascal
from ...typescript.declarations import exports, exports_all
from ..entries import span_of
from ..rule import EntryRule, Rule, ScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..entries import Entry
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_MAPPER = re.compile(r"to-[a-z0-9]+(-[a-z0-9]+)*\.ts")
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_ACRONYM = re.compile(r"[A-Z]{3}")


class NamesInKebabCase(EntryRule):
    """The name of a sync or an action is kebab-case, such as ``pull-requests``.

    It is the name of the script, too, and part of what a caller writes.
    """

    id = "N01"

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if not SCRIPT_NAME.fullmatch(entry.name):
            right = kebab(entry.name)
            such = f", such as {right}" if SCRIPT_NAME.fullmatch(right) else ""
            message = f"The {entry.kind} {entry.name} is not named in kebab-case{such}."
            yield self.finding(tree.yaml, entry.span(), message)


class MapperFilesNamedTo(Rule):
    """A mapper is directly below ``mappers`` in a file named ``to-`` and its model, such as ``to-user.ts``.

    A file there that exports no function, or that only mappers import, is not a mapper.
    """

    id = "N06"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for script in tree.scripts:
            parts = script.path.split("/")
            if parts[1:2] == ["mappers"] and not _is_named_right(parts[2:]) and _is_mapper(script, tree):
                message = (
                    f"The mapper {script.path} is not named mappers/to-<model>.ts after what it maps to."
                )
                yield self.finding(script, (0, 0), message)


class MapperExportsItsName(ScriptRule):
    """The mapper ``to-pull-request.ts`` exports ``toPullRequest``."""

    id = "N07"
    kinds: ClassVar = ("mapper",)

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        stem = script.path.rpartition("/")[2].removesuffix(".ts")
        exported = exports(script.syntax)
        if not _MAPPER.fullmatch(f"{stem}.ts") or not exported or not script.syntax.is_whole:
            return
        # `export * from` may export any name. Capitals are the author's: `toAPIKey` in to-api-key.ts is right.
        is_exported = stem.replace("-", "") in {export.name.lower() for export in exported}
        if is_exported or exports_all(script.syntax):
            return
        span = script.span(exported[0].node) if len(exported) == 1 else (0, 0)
        message = f"The mapper {script.path} exports no function {camel(stem)}, as its name promises."
        yield self.finding(script, span, message)


class ModelsInPascalCase(Rule):
    """The name of a model is PascalCase, such as ``PullRequest``, and has no acronym in capitals.

    ts-to-zod would call the schema of ``HTTPResponse`` ``hTTPResponseSchema``.
    """

    id = "N10"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        document = tree.document
        if document is None:
            return
        for name in document.models:
            if not _PASCAL.fullmatch(name) or _ACRONYM.search(name):
                right = pascal(name)
                such = f", such as {right}" if right and right != name else ""
                message = f"The model {name} is not named in PascalCase{such}."
                yield self.finding(tree.yaml, span_of(document, "models", name), message)


def _is_named_right(parts: list[str]) -> bool:
    return len(parts) == 1 and bool(_MAPPER.fullmatch(parts[0]))


def _is_mapper(script: Script, tree: Tree) -> bool:
    if not any(export.what == "function" for export in exports(script.syntax)):
        return False
    # One that nobody imports yet is a mapper as well.
    imports = ((user.kind, user.path, each.source) for user in tree.scripts for each in user.imports)
    return {kind for kind, path, source in imports if tree.target(path, source) == script.path} != {"mapper"}
