"""Every element (E) and practice (R) of each pattern, in the golden tree of its example. Conventions, section 2."""

from __future__ import annotations

import re

import pytest

from .golden import EXAMPLES

# The pattern, the file of its tree, and for each element what shows it.
ELEMENTS = {
    ("configuration", "nango.yaml"): {
        "E1 metadata is the input": r"input: DynamicFieldMetadata\n(.*\n){1,2} *auto_start: false",
        "E2 a list of configurations": r"configurations: Configuration\[\]\n *Configuration:\n *model: string\n *fields: Field\[\]",
        "E3 a dynamic output": r"OutputData:\n *id: string\n *model: string\n *data:\n *__string: any",
        "E4 models of the introspection": r"input: ListFieldsInput\n *output: ListFieldsResponse",
        "R1 deletions of a full sync": r"sync_type: full\n *track_deletes: true",
    },
    ("configuration", "actions/list-fields.ts"): {
        "E4 the introspection endpoint": r"sobjects/\$\{input\.name\}/describe"
    },
    ("configuration", "syncs/configuration-based-sync.ts"): {
        "E5 a loop over the configurations": r"for \(const configuration of metadata\.configurations\)",
        "E6 a query of the configured fields": r"SELECT Id,\$\{fields\} FROM \$\{configuration\.model\}",
        "E8 saved for each configuration": r"saveConfigured\(nango, configuration\)",
        "E9 metadata from the connection": r"nango\.getMetadata<DynamicFieldMetadata>\(\)",
        "R2 metadata validated": r"zodSchema: dynamicFieldMetadataSchema",
        "R3 pages": r"for await \(const page of nango\.paginate<",
        "R4 the API's version in a constant": r"const API_VERSION = 'v60\.0';",
    },
    ("configuration", "mappers/to-output-data.ts"): {
        "E7 the model's name in the record": r"model: configuration\.model",
        "E10 values picked without mutation": r"Object\.fromEntries\(configuration\.fields\.map",
    },
    ("selection", "nango.yaml"): {
        "E1 R1 a list of texts for each kind": r"BoxMetadata:\n *files: string\[\]\n *folders: string\[\]\n"
    },
    ("selection", "syncs/files.ts"): {
        "E2 both empty by default": r"metadata\?\.files \?\? \[\];\n *const folders = metadata\?\.folders \?\? \[\]",
        "E3 nothing selected is an error": r"items\.length === 0 && folders\.length === 0\) \{\n *throw new nango\.ActionError",
        "E4 folders, then files": r"for \(const folder of folders\)[\s\S]*for \(const item of items\)",
        "E5 a walk to the bottom": r"async function saveFolder[\s\S]*await saveFolder\(nango, String\(next\.id\), seen\)",
        "E6 the helper pages": r"async function listFolder[\s\S]*nango\.paginate<",
        "E7 batches of a constant size": r"const BATCH_SIZE = \d+;[\s\S]*found\.length >= BATCH_SIZE",
        "E8 saved with the model's name": r"await nango\.batchSave\(found, 'BoxDocument'\);\n *await nango\.log",
        "R2 an error boundary for each item": r"@allowTryCatch\n *try \{\n *const response",
        "R3 progress is logged": r"await nango\.log\(`\$\{inside\.length\} records in the folder",
        "R4 retries": r"retries: 10[\s\S]*retries: 10",
        "R5 metadata validated": r"zodSchema: boxMetadataSchema",
    },
    ("window", "nango.yaml"): {
        "E1 the range in the metadata": r"fromDate\?: string\n *toDate\?: string\n *useMetadata\?: boolean"
    },
    ("window", "syncs/recordings.ts"): {
        "E2 the range, or a look-back": r"const LOOKBACK_YEARS = \d+;[\s\S]*fromDate \? new Date\(fromDate\) : firstDay",
        "E3 windows with a clamped end": r"while \(start < end\) \{[\s\S]*next < end \? next : end",
        "E4 R3 pages of each window": r"async function saveWindow[\s\S]*nango\.paginate<",
        "E5 E6 noted after every window": r"fromDate: windowEnd\.toISOString\(\), .*useMetadata: windowEnd < end \}",
        "E7 then what changed": r"useMetadata === false && nango\.lastSyncDate",
        "E8 the loop advances": r"start = windowEnd;",
        "R1 a log for each window": r"await nango\.log\(`\$\{saved\} records from",
        "R2 dates checked, months in UTC": r"Number\.isNaN\(start\.getTime\(\)\)[\s\S]*start > end\)[\s\S]*getUTCMonth\(\) \+ 1",
        "R4 metadata validated": r"zodSchema: recordingsMetadataSchema",
    },
    ("extended", "nango.yaml"): {
        "E3 R5 progress in the metadata, nullable": r"currentStartTime\?: string \| null\n *lastProcessedId\?: string \| null\n *totalProcessed\?: number"
    },
    ("extended", "syncs/deals.ts"): {
        "E1 the start time first": r"Promise<void> \{\n *const startedAt = Date\.now\(\);",
        "E2 a limit below 24 hours": r"const MAX_RUNTIME_MS = 23\.5 \* 60 \* 60 \* 1000;",
        "E4 begun or resumed": r"if \(!isResumed\) \{\n *await nango\.updateMetadata",
        "E5 E9 a cursor in a variable that advances": r"let cursor = [\s\S]*while \(hasMore\)[\s\S]*cursor = batch\.additional_data\?\.next_cursor",
        "E6 the time checked before every batch": r"while \(hasMore\) \{\n *if \(Date\.now\(\) - startedAt >= MAX_RUNTIME_MS\) \{\n *await nango\.log[^\n]*\n *return;",
        "E7 noted after every batch": r"updateMetadata\(\{ lastProcessedId: cursor, totalProcessed: total \}\)",
        "E8 reset at the end": r"updateMetadata\(\{ currentStartTime: null, lastProcessedId: null, totalProcessed: 0",
        "R1 the size of a batch in a constant": r"const BATCH_SIZE = \d+;",
        "R2 progress is logged": r"await nango\.log\(`\$\{total\} records so far`\)",
        "R3 retries": r"retries: 10",
        "R4 an empty page ends it": r"hasMore = records\.length > 0 && cursor !== null",
    },
    ("from-sync", "nango.yaml"): {
        "E1 an action and a sync of one entity": r"syncs:\n *employees:[\s\S]*actions:\n *list-employees:",
        "R2 a cursor": r"next_cursor\?: string",
    },
    ("from-sync", "actions/list-employees.ts"): {
        "E2 a helper for synced records": r"async function getSyncedEmployees\(",
        "E3 synced records first": r"const synced = await getSyncedEmployees\([\s\S]*nango\.get<",
        "E4 the live API when there are none": r"// https://\S+\n *endpoint: [\s\S]*retries: 3",
        "E5 one shape from both": r"Promise<ListEmployeesResponse \| undefined>",
        "E6 a mapper": r"records\.map\(toEmployee\)",
        "E7 the order of the sources": r"in this order:\n \* 1\. What the sync[\s\S]* \* 2\. The live API",
        "R1 an empty list when there is nothing": r"employees: records\.map",
    },
}


def text_of(pattern: str, path: str) -> str:
    tree = EXAMPLES / f"pattern-{pattern}" / "nango-integrations"
    file = tree / path if path == "nango.yaml" else tree / f"pattern-{pattern}" / path
    return file.read_text("utf-8")


@pytest.mark.parametrize(("pattern", "path"), ELEMENTS)
def test_each_element_is_in_the_tree(pattern: str, path: str) -> None:
    text = text_of(pattern, path)
    missing = [name for name, regex in ELEMENTS[pattern, path].items() if not re.search(regex, text)]
    assert missing == []
