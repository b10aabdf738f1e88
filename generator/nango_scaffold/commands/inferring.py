"""The files that answers are inferred from: API documents, samples of responses, the headers of a response."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import AnswersError
from ..infer.document import LARGEST, Document, parse
from ..naming.words import kebab
from ..regular_file import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..infer.settle import Files
    from ..infer.whole import InferredAnswers
    from ..providers import ProviderFacts
    from ..providers.cards import ProviderCard


_STANDARD_INPUT = "-"


def read_data(name: str, folder: str = "") -> Any:
    """The data of a file of JSON or YAML; ``-`` for standard input.

    Args:
        name: of the file.
        folder: what a relative name begins at; the current one by default.

    Raises:
        AnswersError: it cannot be read.
    """
    if name == _STANDARD_INPUT:
        # One byte more than may be, so that `parse` sees that it is too much.
        return parse(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    return parse(_read(name, folder), name)


def _read(name: str, folder: str) -> bytes:
    try:
        return read_regular(Path(folder, name), limit=LARGEST)
    except OSError as error:
        raise AnswersError(
            f"the file cannot be read: {error.strerror}",
            where=name,
            fix="name a file that exists, or - for standard input",
        ) from None


def document_of(data: Any, name: str, folder: str = "") -> Document:
    """An API document that may refer to files in its folder, and in those below.

    Raises:
        AnswersError: it is none.
    """
    return Document(data, name, _files_beside(Path(folder, name)))


def _files_beside(document: Path) -> Any:
    """A reader of the files in a document's folder; where links lead counts, not what they are called."""
    folder = os.path.realpath(document.parent)

    def read(relative: str) -> bytes:
        file = os.path.realpath(os.path.join(folder, relative))
        if os.path.commonpath([folder, file]) != folder:
            raise PermissionError(f"{relative} is not in the folder of the document")
        return read_regular(file, limit=LARGEST)

    return read


def inferred_answers(
    data: Mapping[str, Any],
    folder: str,
    facts: ProviderFacts | None,
    samples: Mapping[str, Any] | None = None,
) -> InferredAnswers:
    """Answers with what was inferred in place of each ``infer:``.

    Args:
        data: the answers; they fit the format.
        folder: that of the answers file, at which the names of files in it begin.
        facts: what is known of the provider.
        samples: those that are no files, by name.

    Raises:
        AnswersError: a file cannot be read, or gives no answers.
    """
    from ..infer.settle import settled

    return settled(data, files_of_answers(folder, samples), facts)


def files_of_answers(folder: str = "", samples: Mapping[str, Any] | None = None) -> Files:
    """Reads what ``infer:`` names; see ``inferred_answers``."""
    from ..infer.settle import Files

    return Files(
        lambda name: read_data(name, folder),
        lambda name: _read(name, folder).decode("utf-8-sig", errors="replace"),
        lambda parsed, name: document_of(parsed, name, folder),
        samples,
    )


def provider_for(server: str, cards: Iterable[ProviderCard]) -> str:
    """The key of the provider whose API has an address; empty where none is known.

    Args:
        server: the address that a document states, with or without a scheme.
        cards: the providers.
    """
    host = _host(server)
    if not host:
        return ""
    domain = _domain(host)
    name = domain.partition(".")[0]

    def rank(card: ProviderCard) -> tuple[bool, bool, bool, str]:
        """The same host before the same domain; then the key that is the domain's name; an alias last."""
        return (_host(card.base_url or "") != host, card.key != name, card.alias_of is not None, card.key)

    near = [card for card in cards if card.base_url and _domain(_host(card.base_url)) == domain]
    return min(near, key=rank).key if near else ""


def own_provider(server: str, title: str) -> tuple[str, dict[str, Any]]:
    """A key for a provider that no catalogue has, and the facts that the answers set for it."""
    host = _host(server)
    key = kebab(_domain(host).partition(".")[0]) or kebab(title) or "api"
    scheme = "" if "://" in server else "https://"
    return key, {"base_url": f"{scheme}{server}".rstrip("/")} if host else {}


def _host(address: str) -> str:
    """The host of an address, without what differs between connections."""
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").netloc.lower()
    except ValueError:
        return ""
    # `{subdomain}.acme.com`, and `${connectionConfig.subdomain}.acme.com` of a catalogue.
    labels = [label for label in host.partition(":")[0].split(".") if label and not {"{", "$"} & {*label}]
    # One label alone, such as `localhost` or `com`, is no provider's.
    return ".".join(labels) if len(labels) > 1 else ""


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])
