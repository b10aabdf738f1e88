"""What a run that writes integrations says: the tree, a line each for a batch, the remarks, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import tree_rows, words
from ..render.paths import ROOT
from .next_steps import next_steps
from .notes import pagination_parts, remark_parts
from .page import Diff, Level, Lines, Page, Part, Piece, Rows, Tone, line, sentence, titled
from .run import count, counts, in_words, warning_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..operations import Outcome
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
    is_batch = len(run.integrations) > 1
    yield from _lines(outcome, run)
    yield Part((tree_lines(outcome.plan, run.project),), Level.VERBOSE if is_batch else Level.USUAL)
    yield from remark_parts(outcome, guesses=Level.VERBOSE if is_batch else Level.USUAL)
    yield from pagination_parts(outcome, Level.VERBOSE)
    yield from _reasons(run)
    yield from warning_parts(run.remarks)
    yield Part((Lines((_summary(outcome, run),)),))
    yield from proof
    steps = tuple(
        line(Piece(f"  {step}", "place")) for step in next_steps(run, outcome.plan, compiled=compiled)
    )
    yield titled("Next:", Lines(steps))


def _lines(outcome: Outcome, run: Run) -> Iterator[Part]:
    """For a batch, a line for each integration and one for what they share."""
    if len(run.integrations) < 2:
        return
    file_words = _by_folder(words(outcome.plan), run)
    rows = [
        _row(integration, file_words.get(integration.name, ()), outcome, run)
        for integration in run.integrations
    ]
    shared = line(Piece("shared", "strong"), "", "", in_words(count(file_words.get("", ())), dry=run.dry))
    yield Part((Rows((*rows, shared), 0),))


def _row(integration: Integration, file_words: Iterable[str], outcome: Outcome, run: Run) -> Line:
    scripts = [_many(len(integration.syncs), "sync"), _many(len(integration.actions), "action")]
    guesses = len(outcome.guesses.get(integration.name, ()))
    counted = ", ".join(
        part
        for part in (in_words(count(file_words), dry=run.dry), _many(guesses, "guess", "guesses"))
        if part
    )
    return line(Piece(integration.name, "strong"), *scripts, counted)


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


def _many(count: int, singular: str, plural: str = "") -> str:
    if not count:
        return ""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def _summary(outcome: Outcome, run: Run) -> Line:
    return line(Piece(in_words(counts(outcome), dry=run.dry), "strong"))


def _reasons(run: Run) -> Iterator[Part]:
    """Where the facts come from, and how long each step took."""
    known = [integration for integration in run.integrations if integration.provider]
    facts = tuple(
        line(Piece(integration.name, "strong"), integration.provider, Piece(integration.source, "quiet"))
        for integration in known
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
