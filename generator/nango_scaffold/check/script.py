"""A TypeScript file of an integration: its place, and the entry of nango.yaml that it is the script of."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.nodes import called, is_a, part, part_text, source_text
from ..typescript.source_file import SourceFile

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from ..typescript.syntax import Node
    from .entries import Entry

    Kind: TypeAlias = 'Literal["sync", "action", "on-event", "mapper", "types", "helper"]'

ALL_KINDS: tuple[Kind, ...] = ("sync", "action", "on-event", "mapper", "types", "helper")
"""The kinds of all scripts."""

SENDERS = ("sync", "action", "on-event", "helper", "mapper")
"""The kinds of scripts that may send a request."""

_PARSES = ("parse", "safeParse", "parseAsync", "safeParseAsync")
_FOLDERS: dict[str, Kind] = {
    "syncs": "sync",
    "actions": "action",
    "on-events": "on-event",
    "post-connection-scripts": "on-event",
    "mappers": "mapper",
}


def kind_of(path: str) -> Kind | None:
    """What a file of an integration is, by its path below the folder of nango.yaml; None for none that rules look at."""
    parts = path.split("/")
    if not path.endswith(".ts") or path.endswith((".d.ts", ".test.ts")) or len(parts) < 2:
        return None
    if len(parts) == 3 and parts[1] in _FOLDERS:
        return _FOLDERS[parts[1]]
    if parts[1:] == ["types.ts"]:
        return "types"
    return None if parts[1] in ("tests", "mocks", "fixtures") else "helper"


@frozen
class Script(SourceFile):
    """A TypeScript file of an integration.

    Attributes:
        path: posix, below the folder of nango.yaml.
        text: what it holds.
        integration: the key of its integration.
        kind: what it is, by its place.
        entry: its sync or action in nango.yaml; None when that has none.
    """

    path: str
    text: str
    integration: str
    kind: Kind
    entry: Entry | None

    @property
    def title(self) -> str:
        """Its name at the beginning of a sentence: ``The sync users``, ``The file shop/helpers/page.ts``."""
        stem = self.path.rsplit("/", 1)[-1].removesuffix(".ts")
        if self.kind in ("sync", "action", "mapper"):
            return f"The {self.kind} {stem}"
        return f"The file {self.path}"

    def original_of(self, name: str) -> str:
        """What a name is called where it is imported from; the name itself where it is not imported."""
        imported = self.import_of(name)
        return imported[1] if imported is not None else name

    def model_of(self, name: str) -> str | None:
        """What a type of the script is called in the models file; None when it is not from there."""
        imported = self.import_of(name)
        is_model = imported is not None and imported[0].source.removesuffix(".js").endswith("/models")
        return imported[1] if imported is not None and is_model else None

    @cached_property
    def schema_checks(self) -> list[Node]:
        """The calls that check a value with a zod schema, in the order of the text."""
        return [node for node in self.syntax.nodes("call_expression") if self._is_schema_check(node)]

    def _is_schema_check(self, call: Node) -> bool:
        function = called(call)
        if not is_a(function, "member_expression"):
            return False
        method = part_text(function, "property")
        if method not in _PARSES:
            return method in ("zodValidateInput", "zodValidate")
        # `JSON.parse` and `Date.parse` check nothing: a schema is imported, or called one.
        name = _first_name(part(function, "object"))
        return self.import_of(name) is not None or name.lower().endswith("schema")


def _first_name(owner: Node | None) -> str:
    """What a chain of calls and members such as ``schema.partial().strict`` begins with."""
    while owner is not None and owner.type in ("call_expression", "member_expression"):
        owner = part(owner, "function") or part(owner, "object")
    return source_text(owner)
