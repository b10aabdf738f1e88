"""The command ``check``: what breaks the conventions in a folder of integrations, and fixing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import AnswersError
from .arguments import Commands, add_command, add_dry_run, add_project, add_saying

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from ..check import Fixed
    from ..check.rule import Rule
    from ..operations import Reader
    from ..plan import Plan
    from ..report.findings import Checked
    from .integrations import Folder

_EXAMPLES = """\
  nango-scaffold check
  nango-scaffold check nango-integrations --fix --dry-run
  nango-scaffold check ../my-project --select Y01 --format sarif > check.sarif
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    check = add_command(
        commands,
        "check",
        help="find what breaks the conventions of Nango integrations, and fix it",
        description=(
            "Check nango.yaml and the scripts of all its integrations, including hand-written ones, and report what breaks the\n"
            "conventions of Nango integrations. Exit code 1 when something does; mere guesses are reported with --verbose\n"
            "and are no failure. A comment `nango-scaffold-ignore RULE: why` on the line above suppresses a finding."
        ),
        examples=_EXAMPLES,
    )
    check.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        default="",
        help="the project, or the folder that contains nango.yaml (default: --project)",
    )
    check.add_argument("--fix", action="store_true", help="fix what can be fixed safely")
    check.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="the format of the findings (default: text)",
    )
    check.add_argument(
        "--select", metavar="RULES", action="append", default=[], help="only these rules, such as Y01,T08"
    )
    check.add_argument(
        "--ignore", metavar="RULES", action="append", default=[], help="all rules but these, such as Y01,T08"
    )
    add_project(check)
    add_dry_run(check)
    add_saying(check)


def run(options: argparse.Namespace) -> int:
    """Run ``check``: 0 when no rule is broken, else 1.

    Raises:
        ScaffoldError: a rule is not known, or the folder cannot be read or written; nothing was changed.
    """
    from pathlib import Path

    from .integrations import find_folder

    if options.json and options.format == "sarif":
        raise AnswersError("--json and --format sarif cannot both be", fix="leave one of them out")
    options.json = options.json or options.format == "json"
    rules = _selected(options.select, options.ignore)
    folder = find_folder(Path(options.folder or options.project))
    checked = _fixed(folder, rules, options) if options.fix else _checked(folder, rules, options)
    # Rules look at nothing without nango.yaml: to report no finding would be to say that all is well.
    if checked.tree.refusal and not checked.findings:
        raise checked.tree.refusal
    _say(checked, options)
    return 0 if checked.is_clean else 1


def _say(checked: Checked, options: argparse.Namespace) -> None:
    from ..check.rules import RULES
    from ..report.findings import findings_as_data, findings_page
    from ..report.page import Level
    from .terminal_output import level_of, say, say_data

    if options.format == "sarif":
        from ..report.sarif import sarif

        say_data(sarif(checked, RULES))
        return
    page = findings_page(checked, notes=level_of(options) is Level.VERBOSE)
    say(page, options, lambda: findings_as_data(checked))


def _checked(folder: Folder, rules: Sequence[Rule], options: argparse.Namespace) -> Checked:
    from ..check import check
    from ..plan import Plan
    from ..report.findings import Checked
    from .integrations import read_tree
    from .transaction import reader_of

    tree = read_tree(folder, reader_of(folder.whole))
    return Checked(tree, folder.prefix, check(tree, rules), (), Plan(()), dry=options.dry_run)


def _fixed(folder: Folder, rules: Sequence[Rule], options: argparse.Namespace) -> Checked:
    from ..check import fix
    from ..operations import Outcome
    from ..report.findings import Checked
    from .integrations import read_tree
    from .transaction import carry_out

    results: list[Fixed] = []

    # Read under the lock: what is fixed is what is on disk by then.
    def work(reader: Reader) -> Outcome:
        tree = read_tree(folder, reader)
        results.append(fix(tree, rules))
        return Outcome(_plan(tree.files, results[-1].tree.files), {}, ())

    plan = carry_out(folder.whole, work, options).plan
    fixed = results[-1]
    return Checked(fixed.tree, folder.prefix, fixed.left, fixed.fixed, plan, dry=options.dry_run)


def _plan(before: Mapping[str, str], after: Mapping[str, str]) -> Plan:
    """The files that change, by planned paths."""
    from ..plan import Change, Plan
    from ..render.paths import ROOT

    changed = sorted(path for path, text in after.items() if text != before[path])
    changes = (Change(f"{ROOT}/{path}", before[path].encode(), after[path].encode()) for path in changed)
    return Plan(tuple(changes))


def _selected(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules to look by.

    Raises:
        AnswersError: one that is named does not exist.
    """
    from ..check.rules import RULES

    selected = _ids("--select", select) or {rule.id for rule in RULES}
    chosen = selected - _ids("--ignore", ignore)
    return tuple(rule for rule in RULES if rule.id in chosen)


def _ids(option: str, values: Sequence[str]) -> set[str]:
    from ..check.rules import RULES
    from ..operations.lookup import did_you_mean

    known = [rule.id for rule in RULES]
    ids = {word.upper() for value in values for word in re.split(r"[,\s]+", value) if word}
    for unknown in sorted(ids.difference(known)):
        raise AnswersError(f"there is no rule {unknown}", where=option, fix=did_you_mean(unknown, known))
    return ids
