"""The command ``infer``: print answers that are inferred from an API document, or from samples of a response."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..frozen import frozen
from .arguments import Commands, add_command, add_project, add_providers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ..infer.document import Document
    from ..infer.fields import Selection
    from ..infer.inference import Context, Inference
    from ..infer.whole import InferredAnswers

_EXAMPLES = """\
  nango-scaffold infer openapi.json --list pull
  nango-scaffold infer openapi.json --operation pulls/list > github.yml
  nango-scaffold infer openapi.yaml --operation listUsers --fields id profile.email
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(
        commands,
        "infer",
        help="print answers inferred from an API document",
        description=(
            "Print answers that are inferred from an OpenAPI document (3.0, 3.1, Swagger 2.0; JSON or YAML), each with\n"
            "the place it comes from; what was left out or guessed goes to standard error. Nothing is fetched."
        ),
        examples=_EXAMPLES,
    )
    command.add_argument("files", metavar="FILE", nargs="+", help="the document; - reads standard input")
    command.add_argument(
        "--list",
        metavar="WORD",
        nargs="?",
        const="",
        dest="list_words",
        help="list the operations, those with a word in them",
    )
    command.add_argument(
        "--operation",
        metavar="ID",
        action="append",
        default=[],
        dest="operations",
        help="an operation: its id, or its method and path, such as 'GET /users'; one that lists records becomes a sync",
    )
    command.add_argument(
        "--provider",
        metavar="KEY",
        default="",
        help="the provider's key in Nango (default: the one with the document's host)",
    )
    add_selection(command)
    add_project(command)
    add_providers(command)
    command.add_argument(
        "--json", action="store_true", help="print answers, sources and notes, or an error, as JSON"
    )


def add_selection(command: argparse.ArgumentParser) -> None:
    """Which fields models get."""
    command.add_argument(
        "--fields",
        metavar="PATH",
        nargs="+",
        action="extend",
        default=[],
        help="the fields of the models, such as id user.login (default: the most telling)",
    )
    command.add_argument(
        "--depth",
        metavar="N",
        type=whole_number,
        default=2,
        help="how deep objects nest in a model (default: 2)",
    )
    command.add_argument(
        "--max-fields",
        metavar="N",
        type=whole_number,
        default=150,
        help="the most fields of a model (default: 150)",
    )


def whole_number(text: str) -> int:
    """A number from 1 to 10,000, for the parser.

    Raises:
        ValueError: it is none.
    """
    number = int(text)
    if not 0 < number <= 10_000:
        raise ValueError
    return number


def run(options: argparse.Namespace) -> int:
    """Run ``infer``.

    Raises:
        ScaffoldError: a file cannot be read, an operation is not there, or gives no answers.
    """
    from ..report.inferred import inferred_as_data, inferred_text
    from .inferring import document_of, read_data
    from .terminal_output import say_data, say_text

    if len(options.files) > 1:
        raise AnswersError("one document at a time", where=options.files[1], fix="run `infer` for each")
    name = options.files[0]
    document = document_of(read_data(name), name)
    if options.list_words is not None:
        return _list(document, options)
    inferred = _inferred(document, options)
    # Each source is looked up in the text, which takes a tenth of a run: --json has no text.
    if options.json:
        say_data(inferred_as_data(inferred))
    else:
        say_text(inferred_text(inferred))
        tell_notes(inferred.notes)
    return 0


def tell_notes(notes: tuple[str, ...]) -> None:
    """Say on standard error what was left out or guessed."""
    from ..output import write
    from ..visible import visible_line

    for note in notes:
        write(f"note: {visible_line(note)}\n", sys.stderr)


def _list(document: Document, options: argparse.Namespace) -> int:
    from ..infer.whole import listing
    from ..report.inferred import operations_as_data, operations_text
    from .terminal_output import say

    listed = list(listing(document, options.list_words))
    say(operations_text(listed), options, lambda: {"operations": operations_as_data(listed)})
    return 0


def _inferred(document: Document, options: argparse.Namespace) -> InferredAnswers:
    from ..infer.whole import whole_answers

    if not options.operations:
        raise AnswersError(
            f"which operation of {document.name}?",
            where="--operation",
            fix=f"name one or several; `nango-scaffold infer {document.name} --list` shows them",
        )
    head = document_head(document, options, provider=options.provider, selection=selection_of(options))
    scripts = [head.script(document, identifier) for identifier in options.operations]
    return whole_answers(head.answers, scripts, head.notes)


@frozen
class Head:
    """What the scripts of one integration share.

    Attributes:
        answers: the keys before the scripts.
        context: the names, the facts and the models.
        notes: on a provider that was guessed.
    """

    answers: Mapping[str, Any]
    context: Context
    notes: tuple[str, ...] = ()

    def script(self, document: Document, identifier: str) -> Inference:
        """The script for an operation.

        Raises:
            AnswersError: there is no such operation, or it gives no answers.
        """
        from ..infer.whole import script_of

        return script_of(document, identifier, self.context)


def document_head(
    document: Document, options: argparse.Namespace, *, provider: str, selection: Selection | None = None
) -> Head:
    """The answers before the scripts, for the provider that is named, else for the one whose API the document's server is.

    Raises:
        ScaffoldError: nobody knows the provider, and the document names no server.
    """
    from pathlib import Path

    from ..infer.inference import Context
    from ..infer.operations import server_of
    from ..project import look
    from ..providers import UnknownProviderError
    from ..providers.index import provider_cards
    from .facts import look_up
    from .inferring import own_provider, provider_for

    project, server = look(options.project), server_of(document)
    catalogue = Path(options.providers) if options.providers else None
    own_key, own_facts = own_provider(server, document.title)
    key, notes = provider, list[str]()
    if not provider:
        cards = provider_cards(Path(project.seeks_providers_from), catalogue)
        key = provider_for(server, cards) or own_key
        notes.append(f"the provider is {key}, by the server {server or 'of none'}")
    try:
        facts = look_up(key, project, catalogue)
        return Head({"provider": facts.key}, Context(facts.key, facts, selection), tuple(notes))
    except UnknownProviderError:
        if not provider and not own_facts:
            raise AnswersError(
                "the document names no server, so its provider is not known",
                where="--provider",
                fix="name it, such as --provider github",
            ) from None
        if not own_facts:
            raise
    # A provider that no catalogue has is described by the answers themselves, from the document's server.
    facts = look_up(key, project, catalogue, own_facts)
    return Head({"provider": key, "provider_facts": own_facts}, Context(key, facts, selection), tuple(notes))


def selection_of(options: argparse.Namespace) -> Selection:
    """Which fields models get, by the command line."""
    from ..infer.fields import Selection

    paths = tuple(path for text in options.fields for path in text.replace(",", " ").split())
    return Selection(options.depth, options.max_fields, paths)
