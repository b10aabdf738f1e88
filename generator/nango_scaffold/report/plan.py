"""What a run that writes or removes integrations says: the tree, a line each for a batch, the remarks, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..plan import tree_rows, words
from ..render.paths import ROOT
from .notes import pagination_parts, remark_parts
from .page import Diff, Level, Lines, Page, Part, Piece, Rows, Tone, counted, line, sentence, titled
from .run import as_data, compile_steps, count, counts, in_words, next_steps, warning_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..operations import Outcome
    from ..operations.remove import Removal
    from ..operations.update import Row, Updated
    from ..plan import Plan
    from ..project import NangoProject
    from .page import Line
    from .run import Integration, Run

_TONES: dict[str, Tone] = {
    "create": "good",
    "change": "changed",
    "merged": "changed",
    "delete": "bad",
    "kept": "warning",
    "conflict": "bad",
    "unchanged": "quiet",
}
_BRANCHES = "│├└─ "


def page(outcome: Outcome, run: Run, *, proof: tuple[Part, ...] = (), compiled: bool = False) -> Page:
    """All that a run says.

    Args:
        outcome: what was worked out.
        run: what else is known of it.
        proof: what the nango CLI made of it, where it was asked.
        compiled: whether the project has been compiled already.
    """
    return Page(tuple(_dry(outcome, run) if run.dry else _done(outcome, run, proof, compiled=compiled)))


def _dry(outcome: Outcome, run: Run) -> Iterator[Part]:
    if outcome.plan.is_empty:
        yield sentence("Nothing to do: everything is as the answers say.", "good")
        yield from remark_parts(outcome)
        yield from warning_parts(run.remarks)
        return
    yield from _lines(outcome, run)
    yield Part((tree_lines(outcome.plan, run.project),))
    yield diffs(outcome.plan)
    yield from pagination_parts(outcome, Level.USUAL)
    yield from remark_parts(outcome)
    yield from warning_parts(run.remarks)
    yield from _reasons(run)
    yield Part((Lines((_summary(outcome, run), line("Dry run: nothing was written."))),))


def _done(outcome: Outcome, run: Run, proof: tuple[Part, ...], *, compiled: bool) -> Iterator[Part]:
    if outcome.plan.is_empty:
        yield sentence("Nothing to do: everything is as the answers say.", "good")
        yield from remark_parts(outcome, guesses=None)
        yield from warning_parts(run.remarks)
        yield from proof
        return
    # Of a batch there is a line for each integration: its tree and its guesses would be pages long.
    level = Level.VERBOSE if len(run.integrations) > 1 else Level.USUAL
    yield from _lines(outcome, run)
    yield Part((tree_lines(outcome.plan, run.project),), level)
    yield from remark_parts(outcome, guesses=level)
    yield from pagination_parts(outcome, Level.VERBOSE)
    yield from _reasons(run)
    yield from warning_parts(run.remarks)
    yield Part((Lines((_summary(outcome, run),)),))
    yield from proof
    yield _next(next_steps(run, outcome.plan, compiled=compiled))


def _next(steps: Iterable[str]) -> Part:
    """What to do next, a command a line."""
    return titled("Next:", Lines(tuple(line(Piece(f"  {step}", "place")) for step in steps)))


def _lines(outcome: Outcome, run: Run) -> Iterator[Part]:
    """For a batch, a line for each integration and one for what they share."""
    if len(run.integrations) < 2:
        return
    file_words = _by_folder(words(outcome.plan), run)
    rows = [_row(each, file_words.get(each.name, ()), outcome, run) for each in run.integrations]
    shared = line(Piece("shared", "strong"), "", "", in_words(count(file_words.get("", ())), dry=run.dry))
    yield Part((Rows((*rows, shared), 0),))


def _row(integration: Integration, file_words: Iterable[str], outcome: Outcome, run: Run) -> Line:
    guesses = len(outcome.guesses.get(integration.name, ()))
    numbers = (in_words(count(file_words), dry=run.dry), _if_any(guesses, "guess", "guesses"))
    return line(
        Piece(integration.name, "strong"),
        _if_any(len(integration.syncs), "sync"),
        _if_any(len(integration.actions), "action"),
        ", ".join(filter(None, numbers)),
    )


def _by_folder(word_by_path: Mapping[str, str], run: Run) -> dict[str, list[str]]:
    """The words of each integration's own files, and of the others under an empty name."""
    names = {integration.name for integration in run.integrations}
    folder = run.project.layout.real(f"{ROOT}/")
    by_integration: dict[str, list[str]] = {}
    for path, word in word_by_path.items():
        name, slash, _ = path.removeprefix(folder).partition("/")
        is_own = slash and path.startswith(folder) and name in names
        by_integration.setdefault(name if is_own else "", []).append(word)
    return by_integration


def _if_any(count: int, singular: str, plural: str = "") -> str:
    return counted(count, singular, plural) if count else ""


def _summary(outcome: Outcome, run: Run) -> Line:
    return line(Piece(in_words(counts(outcome), dry=run.dry), "strong"))


def _reasons(run: Run) -> Iterator[Part]:
    """Where the facts come from, and how long each step took."""
    known = (each for each in run.integrations if each.provider)
    facts = tuple(
        line(Piece(each.name, "strong"), each.provider, Piece(each.source, "quiet")) for each in known
    )
    if facts:
        yield titled("Facts about the provider:", Rows(facts), Level.VERBOSE)
    if run.seconds:
        steps = tuple(line(step, f"{seconds:.3f} s") for step, seconds in run.seconds.items())
        yield titled("Time:", Rows(steps), Level.VERBOSE)


def tree_lines(plan: Plan, project: NangoProject) -> Lines:
    """The plan as a tree, a word beside each file; the project is ``./`` where it is the folder that was named."""
    is_named = project.folders.root == project.named
    rows = tree_rows(plan, "./" if is_named else f"{project.folders.root}/")
    # Two blanks between the longest name and its word.
    width = max(len(drawn) for drawn, _ in rows) + 2
    return Lines(tuple(_branch(drawn, word, width) for drawn, word in rows))


def _branch(drawn: str, word: str, width: int) -> Line:
    name = drawn.lstrip(_BRANCHES)
    branches = drawn[: len(drawn) - len(name)]
    if not word:
        return line(Piece(branches, "quiet"), Piece(name, "strong"))
    tone = _TONES.get(word.partition(":")[0], "plain")
    return line(Piece(branches, "quiet"), name, " " * (width - len(drawn)), Piece(word, tone))


def diffs(plan: Plan) -> Part:
    """What each file loses and gains."""
    return Part(tuple(Diff(change) for change in plan.changes if change.kind != "unchanged"))


# What ``remove`` says.


def removal_page(outcome: Removal, integration: str, run: Run) -> Page:
    """What goes and what stays."""
    return Page(tuple(_removal_parts(outcome, integration, run)))


def removal_as_data(outcome: Removal, integration: str, run: Run) -> dict[str, Any]:
    """The same as plain data: what ``--json`` prints."""
    entries = {"gone": list(outcome.gone), "stays": list(outcome.stays), "whole": outcome.whole}
    return {**as_data(outcome, run), "integration": integration, **entries}


def _removal_parts(outcome: Removal, integration: str, run: Run) -> Iterator[Part]:
    if outcome.plan.changes or outcome.plan.kept:
        yield Part((tree_lines(outcome.plan, run.project),))
    if run.dry and not outcome.plan.is_empty:
        yield diffs(outcome.plan)
    yield from remark_parts(outcome)
    yield from warning_parts(run.remarks)
    if outcome.whole:
        yield sentence(f"{integration} is out of the project.", "good")
    elif outcome.gone:
        yield sentence(f"Out of {integration}: {', '.join(outcome.gone)}.", "good")
    if outcome.stays:
        yield sentence(
            f"Still in {integration}: {', '.join(outcome.stays)}, for you have edited the entry in nango.yaml. "
            "Take it out there, and run this again.",
            "warning",
            Level.QUIET,
        )
    if run.dry:
        yield sentence("Dry run: nothing was written.")


# What ``update`` says.

_UPDATE_HEADS = ("integration", "from", "to", "changed", "merged", "conflicts", "kept")


def updates_as_data(updated: Updated, run: Run) -> dict[str, Any]:
    """An update as plain data: what ``--json`` prints."""
    return {**as_data(updated, run), "integrations": list(map(_row_as_data, updated.rows))}


def _row_as_data(row: Row) -> dict[str, Any]:
    files = {name: list(getattr(row, name)) for name in ("changed", "merged", "conflicts", "kept")}
    return {"integration": row.integration, "from": row.before, "to": row.after, **files}


def updates_page(updated: Updated, run: Run) -> Page:
    """What became of each integration, where there are conflicts, and what to do next."""
    if not updated.rows:
        nobody = "Nothing to do: no integration here was written by nango-scaffold or Copier."
        return Page((sentence(nobody, "good"),))
    return Page(tuple(_update_parts(updated, run)))


def _update_parts(updated: Updated, run: Run) -> Iterator[Part]:
    if run.dry and not updated.plan.is_empty:
        yield Part((tree_lines(updated.plan, run.project),))
        yield diffs(updated.plan)
    yield Part((Rows(tuple(_update_rows(updated.rows)), 0),))
    yield from remark_parts(updated, guesses=None)
    yield from warning_parts(run.remarks)
    if run.dry:
        yield sentence("Dry run: nothing was written.")
    elif updated.plan.is_empty:
        yield sentence("Nothing to do: everything is of the newest version.", "good")
    else:
        steps = compile_steps(run, updated.plan)
        yield _next(steps)


def _update_rows(rows: Sequence[Row]) -> Iterator[Line]:
    """A line for each integration, the counts below their heads."""
    yield line(*(Piece(head, "quiet") for head in _UPDATE_HEADS))
    for row in rows:
        counts = (len(part) for part in (row.changed, row.merged, row.conflicts, row.kept))
        cells = (f"{count:>{len(head)}}" for count, head in zip(counts, _UPDATE_HEADS[3:], strict=True))
        yield line(Piece(row.integration, "strong"), row.before, row.after, *cells)
