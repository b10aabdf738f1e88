"""What the editor answers when a nango.yaml must not be touched."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypedDict, TypeVar

from ..errors import Place, ProjectError
from ..yaml12.bounds import ENDLESS, Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..yaml12 import YamlProblem

FILE = "nango.yaml"
BOUNDS = Bounds(characters=8_000_000, nodes=500_000, depth=2_000)
"""libyaml's composer recurses on the C stack, and overflows it at some ten thousand levels."""
_SENTENCES = {
    "syntax": "it is not valid YAML: {0.reason}",
    "documents": "{0.reason}; the nango CLI reads one",
    "duplicate": "the key {0.subject!r} stands twice in one mapping, which the nango CLI refuses",
    "tag": "the tag {0.subject} is unknown to the nango CLI",
}
"""What is said of a problem with the file's YAML; of all others, their reason."""

P = ParamSpec("P")
Given = TypeVar("Given", bound="str | None")
Result = TypeVar("Result")


class Refused(ProjectError):  # noqa: N818 - the outcome of an edit, as much as an error
    """The file cannot be edited without risk, so it is not edited.

    Attributes:
        reason: one sentence that says why.
        line: where, from 1; 0 when the file as a whole is meant.
        column: where, from 1; 0 when the line as a whole is meant.
        block: the text to paste by hand, ready-indented; empty when pasting would not help.
        pasting_is_no_help: whether the file would be refused with the block in it, too.
    """

    def __init__(
        self,
        reason: str,
        *,
        line: int = 0,
        column: int = 0,
        block: str = "",
        fix: str = "",
        pasting_is_no_help: bool = False,
    ) -> None:
        self.reason = reason
        self.line = line
        self.column = column
        self.block = block
        self.advice = fix
        self.pasting_is_no_help = pasting_is_no_help
        super().__init__(reason, where=_place(line, column), fix=_remedy(fix, block))

    def with_block(self, block: str) -> Refused:
        """The same refusal, carrying the text to paste by hand, where that would help."""
        if self.pasting_is_no_help:
            return self
        self.block = block
        self.fix = _remedy(self.advice, block)
        return self

    def show_in(self, text: str) -> None:
        """Carry the line that is meant, too, for those who show it."""
        lines = text.removeprefix("\ufeff").split("\n")
        if self.place or not 0 < self.line <= len(lines):
            return
        line = lines[self.line - 1].removesuffix("\r")
        column, length = self.column, 0
        if not column:  # the line as a whole
            indent = len(line) - len(line.lstrip())
            column, length = indent + 1, len(line) - indent
        self.place = Place(FILE, self.line, column, length, line)


def refused(problem: YamlProblem, text: str) -> Refused:
    """The refusal of a file for a problem with its YAML."""
    reason = _SENTENCES.get(problem.kind, "{0.reason}").format(problem)
    if problem.excess:
        if problem.excess.is_by_aliases(text):
            reason = ENDLESS
        elif problem.excess.kind == "depth":
            reason = f"it nests more than {BOUNDS.depth} levels deep"
    return Refused(reason, line=problem.line, column=problem.column)


class ModelClash(Refused):
    """Models of these names exist with other fields; model names are global to the file.

    The attributes are those of the first of them, where there are several.

    Attributes:
        model: the name both want.
        theirs: the fields that stand in the file.
        ours: the fields that were to be written.
        proposed: a free name to use instead.
    """

    def __init__(
        self,
        model: str,
        *,
        theirs: Any,
        ours: Any,
        proposed: str,
        shapes: str,
        why: str,
        line: int,
        column: int = 0,
    ) -> None:
        self.model = model
        self.theirs = theirs
        self.ours = ours
        self.proposed = proposed
        self._why = why
        self._shapes = shapes
        super().__init__(
            f"the model {model} {why}", line=line, column=column, fix=f"{shapes}\n  {self._ways_out()}"
        )

    def with_others(self, others: Sequence[ModelClash], literals: Sequence[Refused]) -> ModelClash:
        """This clash, telling of others too, and of names that are used as literals."""
        every = (self, *others)
        if len(every) + len(literals) == 1:
            return self
        if others:
            names = ", ".join(each.model for each in every)
            self.reason = f"{len(every)} models stand in the file with other fields: {names}"
        parts = (
            f"the model {each.model} {each._why} ({_place(each.line, each.column)})\n  {each._shapes}"
            for each in every
        )
        literal_parts = (f"{each.reason} ({_place(each.line, each.column)})" for each in literals)
        self.what = self.reason
        self.advice = "\n  ".join([*parts, *literal_parts, self._ways_out(others)])
        self.fix = self.advice
        return self

    def _ways_out(self, others: Sequence[ModelClash] = ()) -> str:
        advice = f"Use another name, such as {self.proposed}, or make both the same"
        if all(each.proposed.startswith(each.model) for each in (self, *others)):
            return f"{advice}."  # they have the integration's name in front already
        return (
            f"{advice}; `prefix_models: true` in the answers (new --prefix-models) puts the integration's name before "
            "all its models."
        )


def all_at_once(refusals: Sequence[Refused]) -> Refused:
    """One refusal that tells of all: models that exist with other fields first, then names that are used as literals."""
    clashes = [each for each in refusals if isinstance(each, ModelClash)]
    literals = [each for each in refusals if not isinstance(each, ModelClash)]
    if clashes:
        return clashes[0].with_others(clashes[1:], literals)
    first, *others = literals
    reasons = (f"{each.reason} ({_place(each.line, each.column)})" for each in others)
    first.advice = first.fix = "\n  ".join([*reasons, first.fix])
    return first


def shows_the_line(
    function: Callable[Concatenate[Given, P], Result],
) -> Callable[Concatenate[Given, P], Result]:
    """Let what a function refuses carry the line of the text, its first argument."""

    @wraps(function)
    def showing(text: Given, /, *args: P.args, **options: P.kwargs) -> Result:
        try:
            return function(text, *args, **options)
        except Refused as refused:
            refused.show_in(str(text or ""))
            raise

    return showing


class Position(TypedDict):
    """A place in the file, from 1."""

    line: int
    column: int


def position(node: Any) -> Position:
    """Line and column of a node, from 1, as the keyword arguments of ``Refused``."""
    return Position(line=node.start_mark.line + 1, column=node.start_mark.column + 1)


def _place(line: int, column: int) -> str:
    return ":".join([FILE, *(str(number) for number in (line, column) if number)])


def _remedy(fix: str, block: str) -> str:
    paste = f"To add it by hand, paste:\n\n{block}" if block else ""
    return "\n  ".join(part for part in (fix, paste) if part)
