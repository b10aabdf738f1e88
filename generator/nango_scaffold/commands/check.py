"""The command ``check``: what breaks the conventions in a folder of integrations, and mending it."""

from __future__ import annotations

import re
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from ..check import Fixed, check, fix
from ..check.rules import RULES
from ..errors import AnswersError
from ..frozen import frozen
from ..operations import Outcome
from ..operations.lookup import did_you_mean
from ..plan import Change, Plan
from ..render.paths import ROOT
from ..report.findings import Checked, findings_as_data, findings_page
from ..report.page import Level
from .integrations import find_folder, read_tree
from .terminal_output import level_of, say, say_data
from .transaction import carry_out, reader_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from ..check.rule import Rule
    from ..operations import Reader
    from .integrations import Folder


@frozen
class _Fixing(Outcome):
    """The outcome of ``--fix``."""

    fixed: Fixed = field(kw_only=True)


def run(options: argparse.Namespace) -> int:
    """Run ``check``: 0 when no rule is broken, else 1.

    Raises:
        ScaffoldError: a rule is not known, or the folder cannot be read or written; nothing was changed.
    """
    if options.json and options.format == "sarif":
        raise AnswersError("--json and --format sarif cannot both be", fix="leave one of them out")
    options.json = options.json or options.format == "json"
    rules = _chosen(options.select, options.ignore)
    folder = find_folder(Path(options.folder or options.project))
    checked = _fixed(folder, rules, options) if options.fix else _checked(folder, rules, options)
    if checked.tree.refusal and not checked.findings:
        raise checked.tree.refusal  # nobody has looked at anything
    _say(checked, options)
    return 0 if checked.is_clean else 1


def _say(checked: Checked, options: argparse.Namespace) -> None:
    if options.format == "sarif":
        from ..report.sarif import sarif

        say_data(sarif(checked, RULES))
        return
    page = findings_page(checked, notes=level_of(options) is Level.VERBOSE)
    say(page, options, lambda: findings_as_data(checked))


def _checked(folder: Folder, rules: Sequence[Rule], options: argparse.Namespace) -> Checked:
    tree = read_tree(folder, reader_of(folder.whole))
    return Checked(tree, folder.shown, check(tree, rules), (), Plan(()), dry=options.dry_run)


def _fixed(folder: Folder, rules: Sequence[Rule], options: argparse.Namespace) -> Checked:
    def work(reader: Reader) -> _Fixing:
        tree = read_tree(folder, reader)
        fixed = fix(tree, rules)
        return _Fixing(_plan(tree.files, fixed.tree.files), {}, (), fixed=fixed)

    done = carry_out(folder.whole, work, options)
    fixed = done.fixed
    return Checked(fixed.tree, folder.shown, fixed.left, fixed.fixed, done.plan, dry=options.dry_run)


def _plan(before: Mapping[str, str], after: Mapping[str, str]) -> Plan:
    """The files that change, by planned paths."""
    return Plan(
        tuple(
            Change(f"{ROOT}/{path}", before[path].encode(), text.encode())
            for path, text in sorted(after.items())
            if text != before[path]
        )
    )


def _chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules to look by.

    Raises:
        AnswersError: one that is named does not exist.
    """
    wanted, unwanted = _ids("--select", select), _ids("--ignore", ignore)
    return tuple(rule for rule in RULES if (not wanted or rule.id in wanted) and rule.id not in unwanted)


def _ids(option: str, said: Sequence[str]) -> set[str]:
    known = [rule.id for rule in RULES]
    ids = {one.upper() for each in said for one in re.split(r"[,\s]+", each) if one}
    for one in sorted(ids.difference(known)):
        raise AnswersError(f"there is no rule {one}", where=option, fix=did_you_mean(one, known))
    return ids
