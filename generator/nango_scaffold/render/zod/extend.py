"""Adding schemas to a schema.zod.ts that someone else wrote or edited: not one of its bytes changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field
from typing import TYPE_CHECKING

from ...errors import ProjectError
from ...frozen import frozen
from .file import ZOD_IMPORT, statement, type_imports
from .order import Placed, arrange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ...models.types import Alias, Model

# Comments, texts and regular expressions, in which nothing is a declaration. A text or comment that never ends
# goes to the end of its line, or of the file.
_OPAQUE = re.compile(
    r"""//[^\r\n]*
    |(?<=[(,=:\[!&|?{};])[ \t]*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\\[\r\n])+/
    |/\*.*?(?P<comment>\*/|\Z)
    |"(?:\\.|[^"\\\r\n])*"?
    |'(?:\\.|[^'\\\r\n])*'?
    |`(?:\\.|[^`\\])*(?P<template>`|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_DECLARATION = re.compile(
    r"(?:^|(?<=\r))(?:export[ \t]+)?(?:const|let|var)[ \t]+([A-Za-z_$][\w$]*)", re.MULTILINE
)
_TOP_LEVEL = re.compile(r"(?:^|(?<=\r))(?=[A-Za-z/@])", re.MULTILINE)
_IMPORT = re.compile(
    r"^import\b(?:(?!^import\b|;).)*?from[ \t]*(?:'[^'\r\n]*'|\"[^\"\r\n]*\")", re.MULTILINE | re.DOTALL
)
_HEAD = re.compile(r"\ufeff?(?:#![^\r\n]*\r?\n)?(?:[ \t]*//[^\r\n]*\r?\n)*")
_ZOD_NAME = re.compile(r"(?<![\w$])z(?![\w$])(?!\s*as\b)")
_USES_ZOD = re.compile(r"(?<![\w$.])z\.")
_SPACE = re.compile(r"\s+")
_QUOTED_KEY = re.compile(r"\"([A-Za-z_$][\w$]*)\":")
_TRAILING_COMMA = re.compile(r",(?=[)\]}])")


@frozen
class Extension:
    """A schema.zod.ts with more in it.

    Attributes:
        text: the whole file.
        added: every text that was put in, by the name of its schema, or for imports by the import itself.
    """

    text: str
    added: Mapping[str, str] = field(default_factory=dict)


def extend_schema_file(existing: str, models: Iterable[Model | Alias]) -> Extension:
    """Append the schemas that ``existing`` lacks, and the imports they need.

    Args:
        existing: the text of a schema.zod.ts.
        models: all models and aliases of the nango.yaml, as ``read_models`` gives them.

    Returns:
        The text with lines put in; ``existing`` itself when nothing is missing.

    Raises:
        ProjectError: the text ends inside a comment or template, so that nothing can be put below it.
    """
    _refuse_open_end(existing)
    found = _declared(existing)
    missing = [each for each in arrange(models) if each.schema not in found]
    if not missing:
        return Extension(existing)
    newline = "\r\n" if "\r\n" in existing else "\n"
    text, imports = _with_imports(existing, missing, newline)
    added = {imports.strip(): imports} if imports else {}
    for each in missing:
        added[each.schema] = _gap(text, newline) + statement(each).replace("\n", newline) + newline
        text += added[each.schema]
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
        before, piece, after = text.rpartition(added[name])
        if piece:
            text = before + after
        elif name in _declared(text):
            left.append(name)
    schemas = [name for name in added if not is_import(name)]
    if set(schemas) <= {*names} and not left:
        text = _without_imports(text, [added[name] for name in added if is_import(name)])
    return text, tuple(left)


def is_import(name: str) -> bool:
    """Whether something that was put in is an import, rather than a schema."""
    return name.startswith("import ")


def _without_imports(text: str, imports: Iterable[str]) -> str:
    if _USES_ZOD.search(_blanked(text)):
        return text
    for piece in imports:
        text = text.replace(piece, "", 1)
    return text


def _refuse_open_end(text: str) -> None:
    for found in _OPAQUE.finditer(text):
        if "" in (found["comment"], found["template"]):
            raise ProjectError(
                "the file ends inside a comment or a template literal",
                where=f"schema.zod.ts:{text.count(chr(10), 0, found.start()) + 1}",
                fix="close it, or delete the file so that it is rendered again",
            )


def differing_schemas(existing: str, models: Iterable[Model | Alias]) -> tuple[str, ...]:
    """Name the schemas of ``existing`` that say something else than the models do now.

    Formatting does not count, nor does the key type of a record, which ts-to-zod leaves out.

    Args:
        existing: the text of a schema.zod.ts.
        models: all models and aliases of the nango.yaml, as ``read_models`` gives them.
    """
    found = _declared(existing)
    return tuple(
        each.schema
        for each in arrange(models)
        if each.schema in found and _essence(found[each.schema]) != _essence(statement(each))
    )


def _blanked(text: str) -> str:
    """``text`` with comments and quoted texts blanked out, positions and line breaks kept."""
    return _OPAQUE.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)


def _declared(text: str) -> dict[str, str]:
    """The variables declared at the top level, each with the text of its declaration."""
    blanked = _blanked(text)
    starts = [match.start() for match in _TOP_LEVEL.finditer(blanked)] + [len(text)]
    declared = {}
    for match in _DECLARATION.finditer(blanked):
        start, end = match.start(), starts[bisect_right(starts, match.start())]
        # A comment below, blank here, belongs to what follows it.
        declared[match[1]] = text[start : start + len(blanked[start:end].rstrip())]
    return declared


def _essence(declaration: str) -> str:
    """A declaration without what formatting changes."""
    text = _OPAQUE.sub(_plain_text, declaration)
    text = _TRAILING_COMMA.sub("", _SPACE.sub("", text)).rstrip(";")
    text = text.replace("z.record(z.string(),", "z.record(").replace("'", '"').removeprefix("export")
    return _QUOTED_KEY.sub(r"\1:", text)


def _plain_text(found: re.Match[str]) -> str:
    """Comments go; of a text the blanks are written so that they stay."""
    if found[0].startswith(("//", "/*")):
        return ""
    return found[0].replace('\\"', '"').replace("\\'", "'").replace(" ", "\\x20")


def _gap(text: str, newline: str) -> str:
    """What must stand between ``text`` and a new statement for one blank line."""
    if not text.strip("\ufeff"):
        return ""
    ends = len(text) - len(text.rstrip("\r\n"))
    breaks = text[len(text) - ends :].count("\n")
    return newline * max(0 if text.endswith("\n") else 1, 2 - breaks)


def _with_imports(text: str, missing: Sequence[Placed], newline: str) -> tuple[str, str]:
    """``text`` with the imports that ``missing`` needs and it lacks, beside its others or below its first comment.

    Returns:
        The whole text, and what was put in.
    """
    blanked = _blanked(text)
    imports = [match for match in _IMPORT.finditer(text) if blanked[match.start()] != " "]
    clauses = [_clause(match[0]) for match in imports]
    needed = [each for each in missing if not re.search(rf"\b{each.definition.name}\b", " ".join(clauses))]
    zod = [] if any(map(_ZOD_NAME.search, clauses)) else [ZOD_IMPORT]
    lines = [*zod, *type_imports(needed)]
    if not lines:
        return text, ""
    at = _head_end(text) if zod else _line_end(text, imports[-1].end())
    before, after = text[:at], text[at:]
    start = newline if before and not before.endswith(("\n", "\ufeff")) else ""
    gap = newline if after.strip() and not imports else ""
    added = "".join(line.replace("\n", newline) + newline for line in lines)
    added = start + added + gap
    return before + added + after, added


def _head_end(text: str) -> int:
    """Where the first comment lines end."""
    head = _HEAD.match(text)
    return head.end() if head else 0


def _clause(statement_text: str) -> str:
    """What an import binds: the part between ``import`` and ``from``."""
    return statement_text.removeprefix("import").rpartition("from")[0]


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1
