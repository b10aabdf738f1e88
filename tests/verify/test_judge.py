"""The parsed output of the nango CLI: the lines are those of 0.69.36 and 0.58.7, which print alike."""

from __future__ import annotations

from nango_scaffold.verify.verdict import Fault, compile_faults, last_words, yaml_faults

ROOT = "/home/me/my project/nango-integrations"
COMPILED = f"""\
CI environment detected. Interactive mode has been automatically disabled to prevent hanging. Pass '--no-interactive' to silence this warning.
Compiled "{ROOT}/github/mappers/to-pull-request.ts" successfully
Successfully compiled all files present in the Nango YAML config file.
"""
BROKEN = f"""\
nango.log() calls must be awaited in "{ROOT}/github/syncs/pull-requests.ts:37". Not awaiting can lead to unexpected results.
\x1b[31m"Nope" is not a valid model name. Please check "{ROOT}/github/syncs/pull-requests.ts:38". The possible model names are: A, B\x1b[39m
Error compiling "{ROOT}/github/actions/create-pull-request.ts":
SyntaxError: Unexpected token (32:6)
    at toParseError (/home/me/node_modules/@babel/parser/src/parse-error.ts:95:45)
    at TypeScriptParserMixin.raise (/home/me/node_modules/@babel/parser/src/tokenizer/index.ts:1503:19) {{
  code: 'BABEL_PARSER_SYNTAX_ERROR',
  loc: Position {{ line: 32, column: 6, index: 1286 }},
}}
Importing libraries is not allowed. Please remove the import "axios" from "get-user.ts"
github/syncs/pull-requests.ts(35,7): error TS2322: Type 'string' is not assignable to type 'number'.
schema.zod.ts(4,1): error TS2554: Expected 2-3 arguments, but got 1.

Compilation was not fully successful. Please make sure all files compile before deploying
"""
REFUSED = """\
github > syncs > pull-requests > [output]
  error Model "Pull" doesn't have an id field. This is required to identify the data record [model_missing_id]
github > syncs > pull-requests
  error sync_interval_invalid [invalid_runs]

Your nango.yaml contains some errors
"""


def test_where_all_is_well_nothing_is_found() -> None:
    assert compile_faults(COMPILED, ROOT) == []


def test_each_kind_of_error_has_its_file_its_line_and_its_integration() -> None:
    assert compile_faults(BROKEN, ROOT) == [
        Fault(
            "github",
            "github/syncs/pull-requests.ts:37",
            "nango.log() calls must be awaited in line 37. Not awaiting can lead to unexpected results.",
        ),
        Fault(
            "github",
            "github/syncs/pull-requests.ts:38",
            '"Nope" is not a valid model name. Please check line 38. The possible model names are: A, B',
        ),
        Fault("github", "github/actions/create-pull-request.ts:32:6", "SyntaxError: Unexpected token"),
        Fault(
            "",
            "get-user.ts",
            'Importing libraries is not allowed. Please remove the import "axios"',
        ),
        Fault(
            "github",
            "github/syncs/pull-requests.ts:35:7",
            "TS2322: Type 'string' is not assignable to type 'number'.",
        ),
        Fault("", "schema.zod.ts:4:1", "TS2554: Expected 2-3 arguments, but got 1."),
    ]


def test_an_error_that_is_printed_twice_is_one() -> None:
    assert len(compile_faults(BROKEN + BROKEN, ROOT)) == 6


def test_errors_of_nango_yaml_have_its_line() -> None:
    lines = {("github", "syncs", "pull-requests"): 7}
    assert yaml_faults(REFUSED, lambda entry: lines.get(tuple(entry), 0)) == [
        Fault(
            "github",
            "nango.yaml:7",
            'syncs > pull-requests > [output]: Model "Pull" doesn\'t have an id field.'
            " This is required to identify the data record",
        ),
        Fault("github", "nango.yaml:7", "syncs > pull-requests: sync_interval_invalid"),
    ]


def test_of_what_is_not_understood_the_last_line_is_kept() -> None:
    assert last_words("\nSomething odd\n\nCI environment detected.\n\n") == "Something odd"
    assert last_words("") == ""
