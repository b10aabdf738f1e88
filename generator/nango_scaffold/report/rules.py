"""The conventions as one page of Markdown, for people and coding agents: what ``rules`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..check.rule import Rule

_HEAD = """\
# Working on this Nango project

Integrations live in `nango-integrations/`: a folder each, named after its key in `nango.yaml`, with `syncs/`, `actions/`,
`mappers/` and `types.ts`. `nango.yaml`, `models.ts` and `schema.zod.ts` belong to all of them.

## Commands

Add `--json` to any of them for data instead of prose, `--dry-run` to see what would change without writing anything. No command
asks a question where there is no terminal. Exit codes: 0 done or nothing to do, 1 findings or conflicts, 2 invalid answers or
usage, 3 the project's state forbids it and nothing was changed, 4 another run is at work, 70 an unforeseen error.

| to | run |
|---|---|
| find a provider, and what is known of it | `nango-scaffold providers list WORD`, `nango-scaffold providers show KEY` |
| see what answers can say | `nango-scaffold schema` |
| add an integration | `nango-scaffold new --answers FILE --dry-run`, then without `--dry-run` |
| add a sync or an action | `nango-scaffold add sync INTEGRATION NAME`, `nango-scaffold add action INTEGRATION NAME` |
| see and change the answers of an integration | `nango-scaffold answers INTEGRATION > FILE`, edit, `nango-scaffold new --answers FILE` |
| see which values were guessed | `nango-scaffold guesses` |
| check the conventions below | `nango-scaffold check`; `nango-scaffold check --fix` where a finding can be fixed |
| compile | `npm run compile` |
| run the tests that came with the scripts, offline | `npm test` |
| try a script | `npm run dryrun -- SCRIPT CONNECTION --integration-id INTEGRATION` |
| take over a new version of the scaffolder | `nango-scaffold update` |
| remove an integration, a sync or an action | `nango-scaffold remove INTEGRATION [NAME]` |

Change an integration by its answers where they can say it: the files are written again and edits in them are merged. What the
answers cannot say is edited in the files; `update` keeps it. An error names the answer, what is accepted, and what to do.

After each change run `nango-scaffold check`, `npm run compile` and `npm test`, and try the script.

## Conventions

Each has an id; `check` reports it by that. A comment `// nango-scaffold-ignore ID: reason` above a line excepts it.
"""


def rules_page(groups: Mapping[str, Sequence[Rule]]) -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *(line for title, rules in groups.items() for line in _section(title, rules))])


def _section(title: str, rules: Sequence[Rule]) -> Iterator[str]:
    yield f"### {title}\n"
    yield from (f"- {rule.id}: {rule.summary}" for rule in rules)
    yield ""


def rules_as_data(groups: Mapping[str, Sequence[Rule]]) -> dict[str, Any]:
    """The rules as plain data: what ``--json`` prints."""
    return {"rules": [_rule(title, rule) for title, rules in groups.items() for rule in rules]}


def _rule(title: str, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "about": title,
        "level": rule.level,
        "fixable": rule.fixable,
        "summary": rule.summary,
        "reasons": list(rule.reasons),
    }
