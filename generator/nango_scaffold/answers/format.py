"""The answers format, version 1, as a tree of shapes. Cross-field rules live in ``derive``."""

from __future__ import annotations

from ..naming.reserved import INTEGRATION_NAME, folder_name_problem
from .action_format import ACTION
from .answers import SCHEMA_FILES
from .parts import MODEL, SCRIPT
from .shapes import Anything, Choice, Flag, Key, ListOf, MapOf, Number, OneOf, Record, Text
from .sync_format import SCRIPTS, SYNC

FORMAT_VERSION = 1

_NAMES = OneOf(
    (
        Text(hint="names with commas between them", empty=True, longest=10_000),
        ListOf(SCRIPT, "a list of names, or names with commas between them"),
    )
)
_MODEL_BODY = MapOf(Anything(), "fields in nango.yaml's own model language, such as { id: string }")

INTEGRATION = Text(
    INTEGRATION_NAME.pattern,
    "letters, digits, _ and -: it becomes a folder and a key of nango.yaml",
    longest=100,
    also=folder_name_problem,
)
_PROVIDER = Text(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "a provider's key, such as github", longest=100)

ANSWERS = Record(
    {
        "version": Key(Number(1, FORMAT_VERSION), "the version of this format"),
        "provider": Key(
            _PROVIDER,
            "the provider's key in providers.yaml",
            required=True,
        ),
        "integration": Key(
            INTEGRATION,
            "the folder and the key in nango.yaml; default: the provider",
        ),
        "models": Key(
            MapOf(_MODEL_BODY, "a mapping of models by name", key=MODEL),
            "models in nango.yaml's own language",
        ),
        "prefix_models": Key(
            Flag(),
            "whether to put the integration's name before the name of every model: GithubUser for User; "
            "for a project where other integrations have models of the same names",
        ),
        "schema_file": Key(
            Choice(SCHEMA_FILES),
            "where schema.zod.ts is: at the root, beside nango.yaml, for all integrations; or in the folder of the integration, "
            "for its own models, which keeps it small in a large project",
        ),
        "readme": Key(
            Flag(),
            "whether the integration has a README.md: what it syncs and does, models, scopes, metadata, how to try it, and where "
            "each fact comes from",
        ),
        "tests": Key(
            Flag(),
            "whether tests come with the scripts: in the folder tests of the integration, for vitest, run offline",
        ),
        "sync_names": Key(_NAMES, "the short form of syncs: names only"),
        "action_names": Key(_NAMES, "the short form of actions: names only"),
        "syncs": Key(ListOf(SYNC, "a list of syncs"), "the syncs"),
        "actions": Key(ListOf(ACTION, "a list of actions"), "the actions"),
        "responses": Key(
            MapOf(_MODEL_BODY, "a mapping of models by name", key=MODEL),
            "the provider's raw types, by model",
        ),
        "on_events": Key(
            Record(
                {
                    "post-connection-creation": Key(SCRIPTS, "scripts to run after a connection was created"),
                    "pre-connection-deletion": Key(SCRIPTS, "scripts to run before a connection is deleted"),
                    "validate-connection": Key(
                        SCRIPTS,
                        "scripts that can reject a new connection; not supported by old Nango versions",
                    ),
                },
                "on_events",
            ),
            "scripts for the events of a connection",
        ),
        "provider_facts": Key(
            MapOf(Anything(), "a mapping of base_url, auth_mode, paginate, headers, docs"),
            "facts about the provider that are not in providers.yaml",
        ),
    },
    "nango-scaffold answers",
)
