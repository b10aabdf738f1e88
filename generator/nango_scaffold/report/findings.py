"""What ``check`` says: each file with what breaks a rule in it, and how many there are in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..check.finding import BOM
from ..errors import Place
from ..frozen import frozen
from .excerpt import excerpt
from .page import Level, Lines, Page, Part, Piece, Rows, counted, line, titled
from .plan import diffs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..check import Finding, Tree
    from ..check.finding import Level as Badness
    from ..plan import Plan
    from .page import Line, Tone

_GUESSED = "G01"
"""The rule of open guesses: they are certain, and reported without --verbose."""

_MOST_NAMES = 10  # of files that are not looked at
_TONES: dict[Badness, Tone] = {"error": "bad", "warning": "warning", "note": "quiet"}


@frozen
class Checked:
    """A folder of integrations that was looked at.

    Attributes:
        tree: the folder, mended where that was asked for.
        prefix: what stands before the paths in it when they are shown, such as ``nango-integrations/``.
        findings: what breaks a rule now.
        mended: what did, and does no more.
        plan: what was written, or would be.
        dry: whether nothing was written.
    """

    tree: Tree
    prefix: str
    findings: Sequence[Finding]
    mended: Sequence[Finding]
    plan: Plan
    dry: bool

    @property
    def broken(self) -> list[Finding]:
        """The findings that are more than a guess."""
        return [finding for finding in self.findings if finding.level != "note"]

    @property
    def is_clean(self) -> bool:
        """Whether nothing on disk breaks a rule, guesses aside."""
        would_be_mended = self.dry and any(finding.level != "note" for finding in self.mended)
        return not self.broken and not would_be_mended

    @property
    def scripts(self) -> int:
        """How many syncs and actions there are."""
        return sum(len(integration.entries) for integration in self.tree.integrations)

    def path(self, finding: Finding) -> str:
        """Where the file of a finding lies, as it is shown."""
        return self.prefix + finding.path


def findings_as_data(checked: Checked) -> dict[str, Any]:
    """What was found as plain data: what ``--json`` prints."""
    levels = Counter(finding.level for finding in checked.findings)
    return {
        "dry_run": checked.dry,
        "findings": [_as_data(finding, checked) for finding in checked.findings],
        "mended": [_as_data(finding, checked) for finding in checked.mended],
        "counts": {
            "errors": levels["error"],
            "warnings": levels["warning"],
            "notes": levels["note"],
            "fixable": _fixable(checked.findings),
            "mended": len(checked.mended),
            "syncs_and_actions": checked.scripts,
            "files": len(checked.tree.files),
        },
        "not_looked_at": [
            {"path": checked.prefix + file.path, "reason": file.reason, "broken": file.is_broken}
            for file in checked.tree.unread
        ],
    }


def _as_data(finding: Finding, checked: Checked) -> dict[str, Any]:
    data = asdict(finding)
    del data["edits"]
    return {**data, "path": checked.path(finding), "fixable": bool(finding.edits)}


def findings_page(checked: Checked, *, notes: bool) -> Page:
    """What was found, file by file, and how many there are."""
    return Page(tuple(_parts(checked, notes=notes)))


def _parts(checked: Checked, *, notes: bool) -> Iterator[Part]:
    if checked.dry and not checked.plan.is_empty:
        yield diffs(checked.plan)
    if checked.mended:
        title = "Would be fixed:" if checked.dry else "Fixed:"
        rows = Rows(tuple(_row(finding, checked) for finding in checked.mended))
        yield titled(title, rows, Level.USUAL, "good")
    visible = [finding for finding in checked.findings if notes or not _is_note(finding)]
    # They come sorted by path.
    for path, findings in groupby(visible, key=lambda finding: finding.path):
        yield _file(path, list(findings), checked)
    yield from _not_looked_at(checked, names_all=notes)
    yield Part((Lines(tuple(_summary(checked, notes=notes))),))


def _is_note(finding: Finding) -> bool:
    """Whether a finding is a guess of what may be wrong."""
    return finding.level == "note" and finding.rule != _GUESSED


def _row(finding: Finding, checked: Checked) -> Line:
    place = Piece(f"{checked.path(finding)}:{finding.line}:{finding.column}", "place")
    return line(place, finding.rule, finding.message)


def _file(path: str, findings: list[Finding], checked: Checked) -> Part:
    texts = checked.tree.files.get(path, "").removeprefix(BOM).split("\n")
    width = max(len(_place(finding)) for finding in findings)
    lines = [text for finding in findings for text in _lines(finding, texts, width)]
    return Part((Lines((line(Piece(checked.prefix + path, "strong")), *lines)),), Level.QUIET)


def _not_looked_at(checked: Checked, *, names_all: bool) -> Iterator[Part]:
    """The files that no rule looks at and no finding is about, reason by reason."""
    with_findings = {finding.path for finding in checked.findings}
    paths_by_reason: dict[str, list[str]] = {}
    for file in checked.tree.unread:
        if file.path not in with_findings:
            paths_by_reason.setdefault(file.reason, []).append(checked.prefix + file.path)
    for reason, paths in paths_by_reason.items():
        names = paths if names_all else _first_names(paths)
        title = f"{counted(len(paths), 'file')} not looked at, as {reason}:"
        yield titled(title, Rows(tuple(line(name) for name in names)), Level.USUAL, "warning")


def _first_names(paths: list[str]) -> list[str]:
    """The first few paths, and how many more there are."""
    more = len(paths) - _MOST_NAMES
    return [*paths[:_MOST_NAMES], f"and {more} more: see --verbose"] if more > 0 else paths


def _place(finding: Finding) -> str:
    return f"{finding.line}:{finding.column}"


def _lines(finding: Finding, texts: list[str], width: int) -> Iterator[Line]:
    """A finding, and below it the line that is meant; without, where the file is meant as a whole."""
    place = Piece(_place(finding).ljust(width), "place")
    yield line("  ", place, "  ", Piece(finding.rule, _TONES[finding.level]), "  ", finding.message)
    is_whole_file = not finding.length and finding.column == 1
    # A file that could not be read has no lines.
    text = texts[finding.line - 1].removesuffix("\r") if finding.line <= len(texts) else ""
    if is_whole_file or not text.strip():
        return
    written, carets = excerpt(Place(finding.path, finding.line, finding.column, finding.length, text))
    number = str(finding.line)
    yield line("  ", Piece(f"{number:>{width}} | ", "quiet"), written)
    yield line("  ", Piece(f"{'':>{width}} | ", "quiet"), Piece(carets, _TONES[finding.level]))


def _summary(checked: Checked, *, notes: bool) -> Iterator[Line]:
    if checked.mended:
        would = "would be fixed" if checked.dry else "fixed"
        findings = counted(len(checked.mended), "finding")
        yield line(Piece(f"{findings} {would} in {_files(checked.mended)}", "good"))
    if checked.broken:
        yield line(Piece(_totals(checked.broken), "strong"))
    else:
        yield line(Piece(f"No rule is broken: {_coverage(checked)} looked at.", "good"))
    yield from _guess_counts(checked.findings, notes=notes)
    if checked.dry:
        yield line("Dry run: nothing was written.")


def _coverage(checked: Checked) -> str:
    """A phrase such as ``1 sync or action, 4 files``."""
    scripts = counted(checked.scripts, "sync or action", "syncs and actions")
    return f"{scripts}, {counted(len(checked.tree.files), 'file')}"


def _guess_counts(findings: Sequence[Finding], *, notes: bool) -> Iterator[Line]:
    """How many guesses of nango-scaffold are open, and how many notes there are."""
    open_guesses = sum(finding.rule == _GUESSED for finding in findings)
    if open_guesses:
        yield line(f"{counted(open_guesses, 'open guess', 'open guesses')}: see nango-scaffold guesses")
    note_count = sum(_is_note(finding) for finding in findings)
    if note_count:
        hint = "" if notes else ": see --verbose"
        yield line(f"{counted(note_count, 'note')} on what may be wrong{hint}")


def _totals(findings: Sequence[Finding]) -> str:
    """A line such as ``12 findings in 5 files (3 errors), 4 can be fixed with --fix``."""
    errors = sum(finding.level == "error" for finding in findings)
    fixable = _fixable(findings)
    among = f" ({counted(errors, 'error')})" if errors else ""
    by_fix = f", {fixable} can be fixed with --fix" if fixable else ""
    return f"{counted(len(findings), 'finding')} in {_files(findings)}{among}{by_fix}"


def _fixable(findings: Iterable[Finding]) -> int:
    return sum(bool(finding.edits) for finding in findings)


def _files(findings: Iterable[Finding]) -> str:
    return counted(len({finding.path for finding in findings}), "file")
