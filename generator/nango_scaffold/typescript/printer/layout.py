"""A small document algebra and the printer that lays it out on lines of limited width.

The algebra is the well-known one of Wadler and Lindig as prettier uses it: a *group* is printed on one line
when it fits and broken at its lines when it does not, from the outside in. ``print_layout`` follows
prettier 3.3's algorithm step by step, so that text laid out here stays as it is when prettier is run over it.

A document is a plain ``str`` (text without line breaks), a tuple of documents (one after the other), or one of
the dataclasses below. Use the functions (``group``, ``indented``, ``join`` ...) to build them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from ...frozen import frozen
from .width import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@frozen
class Line:
    """A place to break: a newline in a broken group, ``flat`` in a flat one; ``hard`` always breaks."""

    flat: str = " "
    hard: bool = False


@frozen
class BreakParent:
    """Prints nothing; the groups round it must break."""


@frozen
class Indent:
    """``contents`` with its line breaks deeper: by one level, or by ``columns`` when given."""

    contents: Doc
    columns: int = 0


@frozen
class Group:
    """Contents that break together.

    ``broken`` is true when they must break (a hard line inside, or asked for). ``states`` are alternatives
    from the flattest to the most expanded, of which the first that fits is printed; empty for a plain group.
    ``name`` lets an ``IfBreak`` elsewhere ask how this group was printed.
    """

    contents: Doc
    broken: bool = False
    states: tuple[Doc, ...] = ()
    name: str = ""


@frozen
class IfBreak:
    """``broken`` when the enclosing group (or the one called ``name``) is broken, else ``flat``."""

    broken: Doc
    flat: Doc = ""
    name: str = ""


Doc = Union[str, "tuple[Doc, ...]", Line, BreakParent, Indent, Group, IfBreak]

line = Line()
softline = Line(flat="")
hardline = Line(hard=True)
break_parent = BreakParent()


def concat(*parts: Doc) -> Doc:
    """Documents one after the other."""
    return parts


def indented(*parts: Doc) -> Doc:
    """Documents one after the other, their line breaks one level deeper."""
    return Indent(parts)


def aligned(columns: int, *parts: Doc) -> Doc:
    """Documents one after the other, their line breaks ``columns`` deeper."""
    return Indent(parts, columns)


def indented_if_broken(doc: Doc, *, name: str) -> Doc:
    """``doc``, one level deeper when the group called ``name`` was broken."""
    return IfBreak(Indent(doc), doc, name)


def join(separator: Doc, parts: Iterable[Doc]) -> Doc:
    """Documents with ``separator`` between each two."""
    joined: list[Doc] = []
    for part in parts:
        joined += [part] if not joined else [separator, part]
    return tuple(joined)


def group(*parts: Doc, broken: bool = False, name: str = "") -> Doc:
    """Documents that are printed on one line if they fit, and break at all their own lines if not.

    Args:
        parts: the documents, one after the other.
        broken: break in any case.
        name: a name an ``IfBreak`` can ask for.
    """
    return Group(parts, broken or forces_break(parts), name=name)


def conditional_group(states: Sequence[Doc]) -> Doc:
    """The first of ``states`` that fits, tried from the flattest to the most expanded; else the last, broken."""
    return Group(states[0], states=tuple(states))


def if_break(broken: Doc, flat: Doc = "", *, name: str = "") -> Doc:
    """``broken`` in a broken group, ``flat`` in a flat one."""
    return IfBreak(broken, flat, name)


def forces_break(doc: Doc) -> bool:
    """Whether something in ``doc`` breaks every plain group round it."""
    return _has_break(doc, enter_groups=False)


def will_break(doc: Doc) -> bool:
    """Whether ``doc`` must break somewhere, at any depth; of alternatives the flattest counts."""
    return _has_break(doc, enter_groups=True)


def _has_break(doc: Doc, *, enter_groups: bool) -> bool:
    # A stack instead of recursion: this is asked of every group, and documents nest as deep as the code does.
    pending = [doc]
    while pending:
        part = pending.pop()
        if _breaks(part):
            return True
        if not isinstance(part, Group):
            pending.extend(_children(part))
        elif enter_groups:
            pending.append(part.contents)
    return False


def _breaks(part: Doc) -> bool:
    if isinstance(part, Line):
        return part.hard
    return isinstance(part, BreakParent) or (isinstance(part, Group) and part.broken)


def _children(part: Doc) -> tuple[Doc, ...]:
    if isinstance(part, tuple):
        return part
    if isinstance(part, Indent):
        return (part.contents,)
    return (part.broken, part.flat) if isinstance(part, IfBreak) else ()


def print_layout(
    doc: Doc, *, width: int = 160, indent: int = 4, start_indent: int = 0, start_column: int = 0
) -> str:
    r"""Lay ``doc`` out on lines.

    Args:
        doc: the document.
        width: columns a line may take.
        indent: columns of one level of indentation.
        start_indent: columns of indentation of the place the text goes to; every new line starts there.
        start_column: columns already taken on the first line.

    Returns:
        The text, with ``\n`` between lines and no blanks at their ends; no newline is added at the end.
    """
    printer = _Printer(width, indent, start_column)
    printer.run(doc, start_indent)
    return "".join(printer.out)


_Command = tuple[int, bool, Doc]  # indentation in columns, flat or not, what to print


class _Printer:
    """The state of one run: a stack of commands, the text so far, the column."""

    def __init__(self, width: int, indent: int, column: int) -> None:
        self.width = width
        self.indent = indent
        self.column = column
        self.out: list[str] = []
        self.commands: list[_Command] = []
        self.flat_groups: dict[str, bool] = {}
        # A hard line inside flat text makes what was measured before it worthless.
        self.remeasure = False

    def run(self, doc: Doc, start_indent: int) -> None:
        self.commands.append((start_indent, False, doc))
        while self.commands:
            indent, flat, part = self.commands.pop()
            if isinstance(part, str):
                self.out.append(part)
                self.column += text_width(part)
            elif isinstance(part, tuple):
                self.commands.extend((indent, flat, child) for child in reversed(part))
            elif isinstance(part, Indent):
                self.commands.append((indent + (part.columns or self.indent), flat, part.contents))
            elif isinstance(part, IfBreak):
                self.commands.append((indent, flat, self.chosen(part, flat)))
            elif isinstance(part, Line):
                self.print_line(part, indent, flat)
            elif isinstance(part, Group):
                self.print_group(part, indent, flat)

    def chosen(self, part: IfBreak, flat: bool) -> Doc:
        is_flat = self.flat_groups.get(part.name, True) if part.name else flat
        return part.flat if is_flat else part.broken

    def print_line(self, part: Line, indent: int, flat: bool) -> None:
        if flat and not part.hard:
            self.out.append(part.flat)
            self.column += len(part.flat)
            return
        self.remeasure = self.remeasure or flat
        # What the line before ends with may be a line that was printed flat, and so a blank.
        self.trim()
        self.out.append("\n" + " " * indent)
        self.column = indent

    def trim(self) -> None:
        while self.out:
            last = self.out.pop().rstrip(" \t")
            if last:
                self.out.append(last)
                return

    def print_group(self, part: Group, indent: int, flat: bool) -> None:
        if flat and not self.remeasure:
            command: _Command = (indent, not part.broken, part.contents)
        else:
            self.remeasure = False
            command = self.first_that_fits(part, indent)
        self.commands.append(command)
        if part.name:
            self.flat_groups[part.name] = command[1]

    def first_that_fits(self, part: Group, indent: int) -> _Command:
        # Of a group that must break only the last, most expanded state comes into question.
        if not part.broken:
            for state in (part.contents, *part.states[1:]):
                command = (indent, True, state)
                if self.fits(command):
                    return command
        return (indent, False, part.states[-1] if part.states else part.contents)

    def fits(self, command: _Command) -> bool:
        """Whether the text up to the next possible line break fits on the current line."""
        room = self.width - self.column
        pending: list[tuple[bool, Doc]] = [(command[1], command[2])]
        rest = len(self.commands)
        while room >= 0:
            if not pending:
                # What follows the group on its line has to fit as well: a semicolon, a closing parenthesis.
                if not rest:
                    return True
                rest -= 1
                pending.append(self.commands[rest][1:])
                continue
            flat, part = pending.pop()
            if isinstance(part, str):
                room -= text_width(part)
            elif isinstance(part, Line):
                if part.hard or not flat:
                    return True
                room -= len(part.flat)
            else:
                pending.extend(self.measured(part, flat))
        return False

    def measured(self, part: Doc, flat: bool) -> list[tuple[bool, Doc]]:
        """What counts of ``part`` when its length is measured, last first."""
        if isinstance(part, IfBreak):
            return [(flat, self.chosen(part, flat))]
        if not isinstance(part, Group):
            return [(flat, child) for child in reversed(_children(part))]
        is_flat = flat and not part.broken
        # Of alternatives in broken text the most expanded one counts: its first line is the shortest.
        return [(is_flat, part.states[-1] if part.states and not is_flat else part.contents)]
