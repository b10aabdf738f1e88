"""What the nango CLI refuses a nango.yaml as a whole for.

Source: the CLI 0.69.36, tried: it ends with "Your nango.yaml contains some errors", and has read nothing of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..nango_yaml.document import first_of
from .finding import place
from .rules.endpoints import UniqueEndpoints
from .rules.models import OneSyncPerOutputModel
from .rules.syncs import OutputOfASyncHasAnId
from .tree import YAML, Tree
from .yaml_grammar import grammar_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..nango_yaml import Document
    from .entries import Integration

_OF_INTEGRATIONS = (OneSyncPerOutputModel(), UniqueEndpoints())
_OF_SYNCS = OutputOfASyncHasAnId()


@frozen
class RefusedEntry:
    """An entry for which the CLI takes nothing of the file: its line, from 1, and what is wrong, in one sentence."""

    line: int
    message: str


def refused_entries(text: str, sound: Collection[str] = ()) -> list[RefusedEntry]:
    """The entries of a nango.yaml that make the CLI refuse the whole file, in the order of their lines.

    Args:
        text: the file. In one that cannot be read at all there are none.
        sound: integrations that need no look.
    """
    tree = Tree({YAML: text}, {})
    if tree.document is None:
        return []
    first = first_of([integration.name for integration in tree.integrations]) if tree.integrations else ""
    # The first one decides how the CLI reads the whole file, so that it always gets a look.
    passed_over = {*sound} - {first}
    looked_at = tuple(each for each in tree.integrations if each.name not in passed_over)
    refused = {*_ungrammatical(tree.document, looked_at), *_clashing(tree, looked_at)}
    return sorted(refused, key=lambda entry: (entry.line, entry.message))


def _ungrammatical(document: Document, integrations: tuple[Integration, ...]) -> Iterator[RefusedEntry]:
    for problem in grammar_problems(document, integrations):
        if not problem.passed_over:
            line, _, _ = place(document.source, problem.span)
            yield RefusedEntry(line, problem.message)


def _clashing(tree: Tree, integrations: tuple[Integration, ...]) -> Iterator[RefusedEntry]:
    for integration in integrations:
        findings = [finding for rule in _OF_INTEGRATIONS for finding in rule.look(integration, tree)]
        syncs = [entry for entry in integration.entries if entry.kind == "sync"]
        findings += [finding for sync in syncs for finding in _OF_SYNCS.look(sync, tree)]
        yield from (RefusedEntry(finding.line, finding.message) for finding in findings)
