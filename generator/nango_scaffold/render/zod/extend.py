"""Adding schemas to a schema.zod.ts that someone else wrote or edited: not one of its bytes changes."""

from __future__ import annotations

from dataclasses import field
from itertools import chain
from typing import TYPE_CHECKING

from ...errors import ProjectError
from ...frozen import frozen
from ...typescript.declarations import variables
from ...typescript.nodes import source_text
from ...typescript.source_file import SourceFile
from ...typescript.syntax import syntax_of, walk
from .essence import essence
from .file import ZOD_IMPORT, Placed, arrange, statement, type_imports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ...models.types import Alias, Model
    from ...typescript.syntax import Node

_BOM = "\ufeff"


@frozen
class Extension:
    """A schema.zod.ts with more in it.

    Attributes:
        text: the whole file.
        added: every text that was put in, by the name of its schema, or for imports by the import itself.
    """

    text: str
    added: Mapping[str, str] = field(default_factory=dict)


def extend_schema_file(
    existing: str, models: Iterable[Model | Alias], *, typed: bool = True, root: str = "."
) -> Extension:
    """Append the schemas that ``existing`` lacks, and the imports they need.

    Args:
        existing: the text of a schema.zod.ts.
        models: all models and aliases of the nango.yaml, as ``read_models`` gives them.
        typed: whether schemas of models in a circle name the types of these; see ``Placed``.
        root: the folder of nango.yaml, from that of the file.

    Returns:
        The text with lines put in; ``existing`` itself when nothing is missing.

    Raises:
        ProjectError: the text ends inside a comment or template, so that nothing can be put below it.
    """
    _refuse_open_end(existing)
    declared = variables(syntax_of(existing))
    missing = [each for each in arrange(models, typed=typed) if each.schema not in declared]
    if not missing:
        return Extension(existing)
    newline = "\r\n" if "\r\n" in existing else "\n"
    text, imports = _with_imports(existing, missing, newline, root)
    added = {imports.strip(): imports} if imports else {}
    for each in missing:
        added[each.schema] = _gap(text, newline) + statement(each).replace("\n", newline) + newline
        text += added[each.schema]
    _refuse_unread(existing, text, missing)
    _refuse_open_end(text)  # an opening that was read as something else before, and no longer is
    return Extension(text, added)


def reduce_schema_file(
    existing: str, added: Mapping[str, str], names: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Take out what :func:`extend_schema_file` has put in, as far as it stands there as it was put in.

    Args:
        existing: the text of a schema.zod.ts.
        added: all that was put in, as ``Extension.added`` has it.
        names: the schemas that go. With the last of them go the imports, if no other schema needs them.

    Returns:
        The text without them, and the names of those that somebody has edited since, which stay.
    """
    text, left = existing, []
    for name in names:
        # From the end, where it was appended: a copy further up is somebody else's.
        before, piece, after = text.rpartition(added[name])
        if piece:
            text = before + after
        elif name in variables(syntax_of(text)):
            left.append(name)
    schemas = [name for name in added if not is_import(name)]
    # One that somebody edited stays and may need the imports.
    if set(schemas) <= {*names} and not left:
        text = _without_imports(text, [added[name] for name in added if is_import(name)])
    return text, tuple(left)


def is_import(name: str) -> bool:
    """Whether something that was put in is an import, rather than a schema."""
    return name.startswith("import ")


def _without_imports(text: str, imports: Iterable[str]) -> str:
    uses = SourceFile(text).uses
    if "z" in uses.values | uses.types:
        return text
    for piece in imports:
        text = text.replace(piece, "", 1)
    return text


def _refuse_open_end(text: str) -> None:
    """Refuse a text in which a comment or a template literal is opened and never closed."""
    syntax = syntax_of(text)
    for node in syntax.nodes("ERROR"):
        written = source_text(node)
        if written.startswith("`") or (written.startswith("/*") and "*/" not in written):
            line = text.count("\n", 0, syntax.span(node)[0]) + 1
            raise _unreadable("the file ends inside a comment or a template literal", line, "close it")


def _refuse_unread(existing: str, text: str, added: Iterable[Placed]) -> None:
    """Refuse a text with something open at its end, so that nothing that is put below it declares a variable."""
    declared = variables(syntax_of(text))
    if any(each.schema not in declared for each in added):
        line = existing.rstrip().count("\n") + 1
        raise _unreadable("the file is no TypeScript to its end", line, "correct it")


def _unreadable(what: str, line: int, fix: str) -> ProjectError:
    return ProjectError(
        what, where=f"schema.zod.ts:{line}", fix=f"{fix}, or delete the file so that it is rendered again"
    )


def differing_schemas(existing: str, models: Iterable[Model | Alias]) -> tuple[str, ...]:
    """Name the schemas of ``existing`` that say something else than the models do now.

    Formatting does not count, nor does the key type of a record, which ts-to-zod leaves out.

    Args:
        existing: the text of a schema.zod.ts.
        models: all models and aliases of the nango.yaml, as ``read_models`` gives them.
    """
    declared = _declarators(existing)
    placed = [each for each in arrange(models) if each.schema in declared]
    return tuple(
        each.schema
        for each in placed
        if essence(declared[each.schema]) != essence(_declarators(statement(each))[each.schema])
    )


def _declarators(text: str) -> dict[str, Node]:
    """The declarations of the variables at the top of a text, by name."""
    return {
        name: declarator
        for name, variable in variables(syntax_of(text)).items()
        for declarator in walk(variable, "variable_declarator")
        if source_text(declarator.child_by_field_name("name")) == name
    }


def _gap(text: str, newline: str) -> str:
    """What must stand between ``text`` and a new statement for one blank line."""
    if not text.strip("\ufeff"):
        return ""
    breaks = text[len(text.rstrip("\r\n")) :].count("\n")
    return newline * max(0 if text.endswith("\n") else 1, 2 - breaks)


def _with_imports(text: str, missing: Sequence[Placed], newline: str, root: str) -> tuple[str, str]:
    """``text`` with the imports that ``missing`` needs and it lacks, beside its others or below its first comment.

    Returns:
        The whole text, and what was put in.
    """
    file = SourceFile(text)
    imports = [imported for imported in file.imports if imported.node.parent == file.syntax.root]
    bound = set(chain.from_iterable(imported.names for imported in imports))
    lines = type_imports([placed for placed in missing if placed.definition.name not in bound], root)
    # ts-to-zod has its import of zod right below the comment at the head.
    if "z" in bound:
        at = _line_end(text, imports[-1].node)
    else:
        at, lines = _head_end(text), [ZOD_IMPORT, *lines]
    if not lines:
        return text, ""
    added = "".join(line.replace("\n", newline) + newline for line in lines)
    added = _set_apart(added, text[:at], "" if imports else text[at:], newline)
    return text[:at] + added + text[at:], added


def _set_apart(added: str, before: str, after: str, newline: str) -> str:
    """Lines on lines of their own, with a blank one before what follows."""
    start = newline if before and not before.endswith(("\n", _BOM)) else ""
    return start + added + (newline if after.strip() else "")


def _head_end(text: str) -> int:
    """Where the comment lines that a file begins with end, and the ``#!`` before them."""
    end, row = len(_BOM) if text.startswith(_BOM) else 0, -1
    # A comment behind a blank line belongs to what follows it, not to the file.
    for node in syntax_of(text).root.children:
        is_line = node.type == "hash_bang_line" or source_text(node).startswith("//")
        if not is_line or node.start_point[0] != row + 1:
            break
        end, row = _line_end(text, node), node.end_point[0]
    return end


def _line_end(text: str, node: Node) -> int:
    """Where the line ends that a node ends on."""
    end = text.find("\n", syntax_of(text).span(node)[1])
    return len(text) if end < 0 else end + 1
