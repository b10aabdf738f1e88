"""One page of a live connection as a sample: shown, agreed to at a terminal, then fetched once through Nango's proxy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError, ProjectError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ..project import NangoProject
    from ..providers import ProviderFacts


def page_for(
    data: Mapping[str, Any], name: str, options: argparse.Namespace, project: NangoProject, folder: str = ""
) -> tuple[str, dict[str, Any]]:
    """The page of a sync that a connection gives.

    Args:
        data: the answers of its integration.
        name: of the sync.
        options: of the command.
        project: the project, whose ``.env`` may hold the secret key.
        folder: that of the answers file, at which the names of files in it begin.

    Returns:
        What the sample is called, and what a recorder would have kept: method, endpoint, headers and response.

    Raises:
        AnswersError: the request cannot be worked out from the answers.
        ProjectError: there is no key, no connection that works, or no page; or nobody wants it to be sent.
    """
    from ..connection.nango import Nango, choose
    from ..connection.sample_request import (
        page_request,
        project_credentials,
        recorded,
        request_lines,
        request_of,
    )
    from ..output import write
    from .facts import look_up

    if not data.get("provider"):
        raise AnswersError("provider is unset", where="provider", fix="--set provider=github, for example")
    catalogue = Path(options.providers) if options.providers else None
    facts = look_up(data["provider"], project, catalogue, data.get("provider_facts"))
    request = request_of(_with_inferred(data, name, facts, folder), name, facts)
    credentials = project_credentials(project, options.environment)
    nango = Nango(credentials)
    integration = str(data.get("integration") or data.get("provider"))
    connection = choose(nango.connections(integration), options.sample_from, integration)
    one_page = page_request(request, integration, connection, options.sample_path)
    # Shown in any case: it is sent with somebody's secret key.
    write("".join(f"{line}\n" for line in request_lines(one_page, credentials)), sys.stderr)
    if _asks(options) and not _agreed():
        raise ProjectError("nothing was fetched", where="--sample-from", fix="answer y, or use --yes")
    return f"connection {connection}", recorded(request, one_page, nango.page(one_page))


def _with_inferred(
    data: Mapping[str, Any], name: str, facts: ProviderFacts, folder: str
) -> Mapping[str, Any]:
    """The answers with what is inferred for the sync from an API document, where they name one."""
    syncs = [sync for sync in data.get("syncs") or () if sync.get("name") == name and "infer" in sync]
    if not syncs:
        return data
    from ..answers import check_shape
    from .inferring import inferred_answers

    alone = {key: value for key, value in data.items() if key not in ("syncs", "actions")}
    check_shape({**alone, "syncs": syncs})
    return inferred_answers({**alone, "syncs": syncs}, folder, facts).answers


def _asks(options: argparse.Namespace) -> bool:
    """Whether a user at a terminal can be asked."""
    from ..output import is_terminal

    return not options.yes and not options.json and is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _agreed() -> bool:
    from ..output import flush, write

    write("Send it? [y/N] ", sys.stderr)
    flush(sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
