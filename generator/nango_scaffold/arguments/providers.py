"""What ``providers list``, ``show`` and ``refresh`` take."""

from __future__ import annotations

from .common import Commands, add_command, add_project, add_providers

_LIST = """\
  nango-scaffold providers list
  nango-scaffold providers list google calendar
  nango-scaffold providers list --category crm --auth-mode OAUTH2
  nango-scaffold providers list crm --quiet
"""
_SHOW = """\
  nango-scaffold providers show hubspot
  nango-scaffold providers show github --json
  nango-scaffold providers show acme --providers ../nango/providers.yaml
"""
_REFRESH = """\
  nango-scaffold providers refresh
  nango-scaffold providers refresh --version 0.69.36
"""
_ALL = """\
  nango-scaffold providers list google calendar
  nango-scaffold providers show hubspot
  nango-scaffold providers refresh
"""


def add(commands: Commands) -> None:
    """Add the command."""
    providers = add_command(
        commands,
        "providers",
        help="search among providers, show one, bring the newest",
        examples=_ALL,
    )
    parts = providers.add_subparsers(dest="part", metavar="COMMAND", title="commands", required=True)
    _add_list(parts)
    _add_show(parts)
    _add_refresh(parts)


def _add_list(parts: Commands) -> None:
    parser = add_command(
        parts,
        "list",
        help="search among all providers",
        description="Lists the providers whose key, name or category matches every word, best first.",
        examples=_LIST,
    )
    parser.set_defaults(run="providers.list")
    parser.add_argument(
        "words", metavar="WORD", nargs="*", help="what to search for; all providers by default"
    )
    parser.add_argument(
        "--auth-mode", metavar="MODE", help="only those that authenticate so, such as API_KEY"
    )
    parser.add_argument("--category", metavar="CATEGORY", help="only those of a category, such as crm")
    add_project(parser)
    add_providers(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print them as data")
    how.add_argument("--quiet", action="store_true", help="print the keys and nothing else")
    how.add_argument(
        "--verbose", action="store_true", help="tell where the catalogues lie and came from, too"
    )


def _add_show(parts: Commands) -> None:
    parser = add_command(
        parts,
        "show",
        help="all that is known of one provider",
        description="Shows what is known of a provider, what connecting to it needs, and where that is known from.",
        examples=_SHOW,
    )
    parser.set_defaults(run="providers.show")
    parser.add_argument("key", metavar="PROVIDER", help="its key in providers.yaml")
    add_project(parser)
    add_providers(parser)
    parser.add_argument("--json", action="store_true", help="print its facts as data")


def _add_refresh(parts: Commands) -> None:
    parser = add_command(
        parts,
        "refresh",
        help="bring the newest catalogue",
        description=(
            "Brings the newest @nangohq/providers through your own npm, and keeps its providers.yaml in your cache\n"
            "folder: it is asked for what the project's own, below node_modules, does not have. npm runs in an empty\n"
            "folder with your own settings: the .npmrc of a project has no say in what all projects get."
        ),
        examples=_REFRESH,
    )
    parser.set_defaults(run="providers.refresh")
    parser.add_argument("--version", metavar="X", default="latest", help="this version (default: the newest)")
    add_project(parser)
    parser.add_argument("--json", action="store_true", help="print what changed as data")
