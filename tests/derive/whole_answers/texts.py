"""Texts with placeholders, and the trees of bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

HOSTILE = ("a", "it's", "`$", "\\", "</script>", "*/", "a b", "${'[['}x]]", "${'${'}")
FORMATS = {
    "string": ("", "", "", ":date", ":iso", ":epoch_seconds", ":number", ":text"),
    "number": ("", "", "", ":text", ":epoch_milliseconds", ":number"),
    "boolean": ("", ":text"),
    "id": ("", "", ":text"),
    "date": ("", ":iso", ":date", ":epoch_seconds", ":epoch_milliseconds", ":http"),
}
# The single values of a root, each with its kind, and whether it may be absent.
ROOTS: Mapping[str, Sequence[tuple[str, str, bool]]] = {
    "metadata": [
        *(
            ("org", "string", False),
            ("team", "string", True),
            ("since", "string", True),
            ("top", "number", True),
        ),
        *(("archived", "boolean", True), ("mode", "id", True), ("address.email", "id", True)),
    ],
    "wanted": [("org", "string", False)],
    "input": [
        *(
            ("id", "string", False),
            ("title", "string", False),
            ("text", "string", True),
            ("due", "string", True),
        ),
        *(("count", "number", False), ("flag", "boolean", True), ("kind", "id", False)),
        *(("owner.id", "string", False), ("owner.email", "string", True), ("address.city", "string", True)),
    ],
    "key": [("id", "number", False)],
    "connection": [("region", "string", False), ("account.id", "string", False)],
    "parent": [("id", "id", False), ("owner.id", "id", False)],
    "record": [("id", "id", False), ("links.self", "id", False)],
    "response": [("id", "id", False), ("data.key", "id", False)],
    "lookup": [],
}
ROOT_NAMES = {"wanted": "metadata", "key": "input"}
CONDITIONS: Mapping[str, Sequence[str]] = {
    "metadata": ("metadata.archived", "metadata.top && metadata.top > 3", "!metadata.kinds?.includes(`a`)"),
    "wanted": ("metadata.org !== 'x'",),
    "input": ("input.flag", "input.lines.length > 1", "input.text?.startsWith('a') ?? false"),
    "key": ("input.id > 3",),
    "connection": ("connection['region'] === 'eu'",),
    "lastSyncDate": ("lastSyncDate", "!lastSyncDate"),
}
# Expressions, for places that hold single values, and for those of a body that hold any.
COMPUTED: Mapping[str, Sequence[str]] = {
    "metadata": ("Math.min(metadata.top ?? 100, 200)", "metadata.team?.trim()", "metadata.archived === true"),
    "wanted": ("metadata.org.split('/')[0]",),
    "input": (
        *("input.text?.trim()", "`${input.title}}${input.count * 2}`", "input.kind === 'new' ? 1 : 'it\\'s'"),
        *("input.lines.map((line) => line.sku).join()", "input.owner.email?.toLowerCase() ?? ''"),
    ),
    "key": ("input.id + 1",),
    "connection": ("connection.region.toUpperCase()", "`${connection['region']}*/`"),
    "lastSyncDate": ("lastSyncDate?.getTime()",),
}
COMPUTED_TREES: Sequence[str] = (
    "input.tags?.map((tag) => ({ tag }))",
    "input.lines.map(({ sku, price }) => [sku, price ?? 0])",
    "{ ...input.owner, a: input.address?.city ?? null }",
)


class Texts:
    """One draw, with the roots of placeholders that the script at hand has."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._endpoints = 0
        self.saving: list[dict[str, Any]] = []
        self.bodies: dict[str, dict[str, Any]] = {}
        self.roots: dict[str, Sequence[tuple[str, str, bool]]] = {}
        self.conditions: list[str] = []
        self.computed: list[str] = []

    def one_of(self, options: Sequence[Any]) -> Any:
        return self._random.choice(options)

    def some_of(self, options: Sequence[Any], most: int, least: int = 0) -> list[Any]:
        return self._random.sample(options, self.number(least, min(most, len(options))))

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def maybe(self, percent: int, **entries: Callable[[], Any]) -> dict[str, Any]:
        """Each entry with this chance."""
        return {name: entry() for name, entry in entries.items() if self.chance(percent)}

    def allow_roots(self, *roots: str) -> None:
        """Let placeholders name these roots alone."""
        self.roots = {ROOT_NAMES.get(root, root): ROOTS[root] for root in roots}
        self.conditions = [text for root in roots for text in CONDITIONS.get(root, ())]
        self.computed = [text for root in roots for text in COMPUTED.get(root, ())]

    def without(self, *roots: str) -> dict[str, Sequence[tuple[str, str, bool]]]:
        return {name: values for name, values in self.roots.items() if name not in roots}

    def placeholder(self, *, required: bool = False, root: str = "") -> str:
        """A placeholder of a single value; an empty string where the script has none."""
        candidates = [
            (f"{name}.{path}", kind)
            for name, values in self.roots.items()
            for path, kind, optional in values
            if not (required and optional) and root in ("", name)
        ]
        if not candidates:
            return ""
        path, kind = self.one_of(candidates)
        return f"${{{path}{self.one_of(FORMATS[kind])}}}"

    def text(self, *, stretches: bool = True) -> str:
        """A text for a parameter or a value of a body."""
        placed = self.placeholder()
        if self.computed and self.chance(12):
            placed = f"${{= {self.one_of(self.computed)}}}"
        if not placed or self.chance(20):
            return str(self.one_of(HOSTILE))
        if not stretches or self.chance(50):
            return placed
        hostile = self.one_of(("a ", "it's ", "`", "\\", "q="))
        return str(
            self.one_of((f"{hostile}{placed}", f"[[{hostile}{placed}]]", f"a{hostile}[[ or {placed}]] b"))
        )

    def path(self, *needed: str) -> str:
        """A path that names each of the roots."""
        parts = ["/v1", self.one_of(("users", "it's", "a.b", "records"))]
        parts += [self.placeholder(required=True, root=root) for root in needed]
        if self.chance(30) and (placed := self.placeholder(required=True)):
            parts.append(placed)
        if self.chance(10) and (placed := self.placeholder()):
            return "/".join(parts) + f"[[/by-{placed}]]"
        return "/".join(parts)

    def conditional(self, value: Any) -> Any:
        if self.conditions and self.chance(25):
            return {"value": value, "when": self.one_of(self.conditions)}
        return value

    def scalar(self) -> Any:
        return self.text() if self.chance(70) else self.one_of((True, 3, 0.5))

    def params(self) -> dict[str, Any]:
        names = self.some_of(("q", "filter[a]", "$top", "class", "params"), 3, 1)
        return {name: self.conditional(self.scalar()) for name in names}

    def headers(self) -> dict[str, Any]:
        names = self.some_of(("X-A", "Accept", "if-modified-since"), 2, 1)
        return {
            name: self.conditional(self.one_of((2, True)) if self.chance(20) else self.text())
            for name in names
        }

    def tree(self, spreads: Sequence[str], levels: int = 2) -> dict[str, Any]:
        """A mapping of a body."""
        tree: dict[str, Any] = {}
        if spreads and self.chance(20):
            tree["..."] = self.one_of(spreads)
        for name in self.some_of(("kind", "a-b", "data", "class", "it's", "id2"), 3, 1):
            tree[name] = self.node(spreads, levels)
        return tree

    def node(self, spreads: Sequence[str], levels: int) -> Any:
        if levels and self.chance(25):
            return self.tree(spreads, levels - 1)
        if levels and self.chance(20):
            return [self.item(spreads, levels - 1) for _ in range(self.number(0, 2))]
        if "input" in self.roots and self.chance(15) and len(self.roots["input"]) > 1:
            return self.one_of(
                (
                    *(f"${{= {text}}}" for text in COMPUTED_TREES),
                    "${input.tags}",
                    "${input.lines}",
                    "${input.owner}",
                    "${input.address}",
                    "${input}",
                )
            )
        return self.one_of((None, False, 0, -1.5)) if self.chance(20) else self.text()

    def item(self, spreads: Sequence[str], levels: int) -> Any:
        if levels and self.chance(40):
            return self.tree(spreads, levels - 1)
        return self.placeholder(required=True) or self.one_of(HOSTILE)
