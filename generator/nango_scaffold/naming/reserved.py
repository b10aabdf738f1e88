"""Names that must not be given to a model, a field-made variable or a file.

A model becomes an exported interface of models.ts, next to the names of Nango's own SDK and of TypeScript's
built-ins: shadowing one of them gives a file that does not compile, or compiles and means something else.
Source: the CLI 0.69.36, tried; conventions 6.3.
"""

from __future__ import annotations

import re

MODEL_NAME = re.compile(r"[A-Z][A-Za-z0-9_]*")
SCRIPT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
INTEGRATION_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

SDK_NAMES = frozenset("""
    NangoSync NangoAction NangoFlows NangoProps Nango ProxyConfiguration ProxyResponse ActionError SyncConfig
    Connection Metadata MetadataChangeResponse Proxy RunArgs Telemetry UserLogParameters AuthCredentials
    GetPublicIntegration GetPublicConnection SetMetadata UpdateMetadata
    """.split())
BUILT_INS = frozenset("""
    Array Boolean Buffer Date Error Function JSON Map Math Number Object Omit Partial Pick Promise Readonly
    Record Required RegExp Set String Symbol URL URLSearchParams WeakMap WeakSet
    """.split())
TYPE_WORDS = frozenset("""
    string char varchar number integer int float boolean bool date any object array bigint never undefined
    void unknown null true false symbol
    """.split())
TYPESCRIPT_WORDS = frozenset("""
    abstract any arguments as async await boolean break case catch class const continue debugger declare
    default delete do else enum eval export extends false finally for from function get if implements import
    in instanceof interface is keyof let module namespace never new null number object of package private
    protected public readonly require return set static string super switch symbol this throw true try type
    typeof undefined unique unknown var void while with yield
    """.split())
INHERITED = frozenset("""
    constructor __proto__ toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable
    """.split())
"""What every object of JavaScript has: as a key of a plain object such a name finds something that nobody put there."""
_MODELS_FILE = "models"
_FOLDERS = frozenset(["build", "dist", "node_modules", "nango-integrations"])
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_SCRIPT_CONSTANTS = frozenset(["API_VERSION", "BATCH_SIZE", "LOOKBACK_YEARS", "MAX_RUNTIME_MS"])
_SCRIPT_LOCALS = frozenset(["nango", "input", "metadata", "response", "parsed"])
_TEMPLATE_LOCALS = frozenset("""
    batch below body changed changedSince configuration configurations connection connection_config covered cursor
    cursorOf data date dates deleted detailed details end entries entry error errors fetchData fetched field fields file
    files first firstDay folder folders found from fromDate hasMore holdsRecords host inside isResumed item items kept key last
    lastId lastProcessedId lastRecord left limit list mark more next nextCursor nextPageParam now offset onEvent
    onPage order page pages params parent parents passStart payload place proxyConfig readBack record recordId records
    remembers required runAction saved seen setting since span start startedAt status steps synced to toDate total
    type url useMetadata value variable variables windowEnd written
    """.split())
"""The constants, variables and parameters in the templates of scripts."""


def model_name_problem(name: str) -> str:
    """Say why a model cannot have this name; an empty string when it can."""
    if not MODEL_NAME.fullmatch(name):
        return "a model's name starts with a capital letter and holds only letters, digits and _"
    if name in SDK_NAMES:
        return "the name belongs to Nango's SDK and would shadow it in models.ts"
    if name in _SCRIPT_CONSTANTS:
        return "the name belongs to a constant of the generated scripts"
    if name in BUILT_INS:
        return "the name belongs to TypeScript's built-ins and would shadow it in models.ts"
    if name.lower() in TYPE_WORDS:
        return "the name is a built-in type of nango.yaml"
    return ""


def script_name_problem(name: str) -> str:
    """Say why no sync, action or script of an event can have this name, and which do; an empty string when it can."""
    if name == _MODELS_FILE:
        return (
            "Nango's CLI leaves every models.ts out, misses the script, and then compiles nothing of the whole "
            "project; model-list and fetch-models work"
        )
    return file_name_problem(name)


def file_name_problem(name: str) -> str:
    """Say why no file can have this name on every system; an empty string when it can."""
    if name.lower() in _DEVICES:
        return "it is the name of a device on Windows"
    return "it has a meaning of its own in JavaScript" if name in INHERITED else ""


def folder_name_problem(name: str) -> str:
    """Say why no integration can have this name; an empty string when it can."""
    if name.lower() in _FOLDERS:
        return "Nango's tools use a folder of that name"
    return file_name_problem(name)


def is_usable_model_name(name: str) -> bool:
    """Whether a model can have this name."""
    return not model_name_problem(name)


def is_reserved_word(name: str) -> bool:
    """Whether TypeScript keeps this word for itself, so that no variable can have it."""
    return name in TYPESCRIPT_WORDS or name in _SCRIPT_LOCALS


def is_script_local(name: str) -> bool:
    """Whether a script has, or may have, a variable of this name for something else."""
    return name in _TEMPLATE_LOCALS or is_reserved_word(name)
