"""What a rule is: a class with the id of a convention, a sentence (its docstring), and a look at one kind of thing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from inspect import cleandoc
from typing import TYPE_CHECKING, ClassVar

from .finding import Finding, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Span
    from .entries import Entry, Integration
    from .finding import Edit, Level, Source
    from .script import Script
    from .tree import Tree


class Rule(ABC):
    """One convention.

    The first paragraph of a rule's docstring says what is right; more may say why, and where that comes from.

    Attributes:
        id: that of the convention.
        level: how bad it is to break it.
        fixable: whether some of its findings come with edits that fix them.
    """

    id: ClassVar[str]
    level: ClassVar[Level] = "warning"
    fixable: ClassVar[bool] = False

    @property
    def summary(self) -> str:
        """What is right, in a sentence or two; code in it stands between single backticks."""
        return self._paragraphs()[0]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What else is said of it, a paragraph each."""
        return tuple(self._paragraphs()[1:])

    def _paragraphs(self) -> list[str]:
        text = cleandoc(self.__doc__ or "").replace("``", "`")
        return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]

    @abstractmethod
    def findings(self, tree: Tree) -> Iterator[Finding]:
        """Everything in a folder of integrations that breaks the rule."""

    def finding(
        self, source: Source, span: Span, message: str, *edits: Edit, level: Level | None = None
    ) -> Finding:
        """A finding in a file.

        Args:
            source: the file.
            span: the piece of text that is meant.
            message: what is wrong and what is right, in one sentence that ends with a full stop.
            edits: what would fix it.
            level: how bad this one is, where that is not the rule's own level.
        """
        line, column, length = place(source.text, span)
        return Finding(self.id, level or self.level, source.path, line, column, length, message, edits)


class IntegrationRule(Rule):
    """A rule about an integration of nango.yaml as a whole."""

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for integration in tree.integrations:
            yield from self.look(integration, tree)

    @abstractmethod
    def look(self, integration: Integration, tree: Tree) -> Iterator[Finding]:
        """What breaks the rule in one integration."""


class EntryRule(Rule):
    """A rule about a sync or an action in nango.yaml, as its ``kinds`` say."""

    kinds: ClassVar[tuple[str, ...]] = ("sync", "action")

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for entry in tree.entries:
            if entry.kind in self.kinds:
                yield from self.look(entry, tree)

    @abstractmethod
    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:
        """What breaks the rule in one entry."""


class ScriptRule(Rule):
    """A rule about TypeScript files of some kinds; see `Script.kind`."""

    kinds: ClassVar[tuple[str, ...]] = ("sync", "action")

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for script in tree.scripts:
            if script.kind in self.kinds:
                yield from self.look(script, tree)

    @abstractmethod
    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:
        """What breaks the rule in one file."""


class WholeScriptRule(ScriptRule):
    """A rule about scripts without syntax errors only: a part of a script does not show what is missing in it."""

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.syntax.is_whole:
            yield from self.look_at_whole(script, tree)

    @abstractmethod
    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:
        """What breaks the rule in one file."""
