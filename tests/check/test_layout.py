"""The rules about which files an integration has and where they lie."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given

from nango_scaffold.check import Tree, fixed, schemas
from nango_scaffold.check.rules import RULES
from nango_scaffold.render.zod import schema_file

from .broken_scripts import look, scripts
from .support import findings, lines, tree

YAML = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
        actions:
            add:
                output: Order
models:
    Order:
        id: string
        note?: string
        state?: open | closed | null
        more: object
        names: string[]
    Line:
        order: Order
"""
SCRIPT = "export default async function run() {}\n"
BOTH = {"shop/syncs/orders.ts": SCRIPT, "shop/actions/add.ts": SCRIPT}


def calls_of_n02(entries: int, shape: str) -> int:
    """How many functions are called to find that many syncs without their scripts, beside as many files."""
    names = [f"s{number}" for number in range(entries)]
    syncs = "".join(f"            {name}:\n                runs: every hour\n" for name in names)
    shapes = {
        "scripts without an entry": {f"shop/actions/x{name}.ts": SCRIPT for name in names},
        "scripts elsewhere": {f"shop/{name}.ts": SCRIPT for name in names},
        "files of no integration": {f"other/syncs/{name}.ts": SCRIPT for name in names},
    }
    folder = tree("integrations:\n    shop:\n        syncs:\n" + syncs, shapes[shape])
    _ = folder.integrations, folder.unread
    (rule,) = (rule for rule in RULES if rule.id == "N02")
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        list(rule.findings(folder))
    finally:
        sys.setprofile(None)
    return calls


class TestScriptsAndEntriesMatch:
    @pytest.mark.parametrize(
        "shape", ["scripts without an entry", "scripts elsewhere", "files of no integration"]
    )
    def test_twice_the_scripts_are_twice_the_work(self, shape: str) -> None:
        assert calls_of_n02(80, shape) < 2.5 * calls_of_n02(40, shape)

    def test_they_do(self) -> None:
        helpers = {"shop/helpers/x.ts": "", "shop/syncs/orders.test.ts": "", "shop/on-events/x.ts": SCRIPT}
        assert lines("N02", tree(YAML, {**BOTH, **helpers})) == []

    def test_an_entry_has_no_script(self) -> None:
        (finding,) = findings("N02", tree(YAML, {"shop/syncs/orders.ts": SCRIPT}))
        assert (finding.path, finding.line, finding.column, finding.length) == ("nango.yaml", 8, 13, 3)
        assert finding.message == "The action add has no script shop/actions/add.ts."
        assert finding.level == "error"

    def test_a_script_has_no_entry(self) -> None:
        (finding,) = findings("N02", tree(YAML, {**BOTH, "shop/syncs/lines.ts": "// Lines.\n" + SCRIPT}))
        assert (finding.path, finding.line, finding.column, finding.level) == (
            "shop/syncs/lines.ts",
            1,
            1,
            "warning",
        )
        assert (
            finding.message
            == "The script shop/syncs/lines.ts has no sync of its name in nango.yaml: it never runs."
        )

    def test_an_action_of_that_name_is_no_sync(self) -> None:
        assert lines("N02", tree(YAML, {**BOTH, "shop/syncs/add.ts": SCRIPT})) == ["shop/syncs/add.ts:1:1"]

    def test_the_old_form_of_nango_yaml_is_another_matter(self) -> None:
        old = "integrations:\n    shop:\n        orders:\n            runs: every hour\nmodels: {}\n"
        assert lines("N02", tree(old, BOTH)) == []

    @pytest.mark.parametrize(
        "yaml", ["", "a: b: c", "integrations:\n    shop:\n", "integrations: {}\nmodels: {}\n"]
    )
    def test_no_entries_are_read(self, yaml: str) -> None:
        assert lines("N02", tree(yaml, BOTH)) == []


class TestScriptsInTheirFolders:
    @pytest.mark.parametrize(
        "more",
        [
            "shop/mappers/orders.ts",
            "shop/tests/orders.ts",
            "shop/syncs/deep/er/orders.ts",
            "x/syncs/orders.ts",
        ],
    )
    def test_they_do_or_they_are_none(self, more: str) -> None:
        assert lines("N03", tree(YAML, {**BOTH, more: SCRIPT})) == []
        folder = tree(YAML, {"shop/actions/add.ts": SCRIPT, more: SCRIPT})
        assert lines("N03", folder) == []
        assert lines("N02", folder) == ["nango.yaml:4:13"]

    @pytest.mark.parametrize(
        "path", ["orders.ts", "shop/orders.ts", "shop/sync/orders.ts", "shop/actions/orders.ts"]
    )
    def test_one_lies_elsewhere(self, path: str) -> None:
        folder = tree(YAML, {"shop/actions/add.ts": SCRIPT, path: SCRIPT})
        (finding,) = findings("N03", folder)
        assert (finding.path, finding.line, finding.column) == (path, 1, 1)
        assert finding.message == "The script of the sync orders does not lie at shop/syncs/orders.ts."
        assert lines("N02", folder) == []

    def test_what_exports_nothing_is_no_script(self) -> None:
        assert lines("N03", tree(YAML, {"shop/sync/orders.ts": "// export default\n"})) == []


class TestRootHasItsFiles:
    @pytest.mark.parametrize("place", ["schema.zod.ts", "shop/schema.zod.ts"])
    @pytest.mark.parametrize("ending", [".js", ""])
    def test_the_schemas_are_where_they_are_imported_from(self, place: str, ending: str) -> None:
        up = "../../" if place == "schema.zod.ts" else "../"
        text = f"import {{ orderSchema }} from '{up}schema.zod{ending}';\n"
        assert lines("N04", tree(YAML, {"shop/actions/add.ts": text, place: ""})) == []

    @pytest.mark.parametrize(
        "text", ["", "import", "import { z } from 'zod';", "import a from '../../../schema.zod.js';"]
    )
    def test_nobody_asks_for_them(self, text: str) -> None:
        assert lines("N04", tree(YAML, {"shop/actions/add.ts": text})) == []

    def test_the_schemas_are_not_there(self) -> None:
        text = "import { orderSchema } from '../../schema.zod.js';\r\n"
        folder = tree(YAML, {"shop/actions/add.ts": text, "shop/schema.zod.ts": ""})
        (finding,) = findings("N04", folder)
        assert (finding.path, finding.line, finding.column, finding.length) == (
            "shop/actions/add.ts",
            1,
            29,
            21,
        )
        assert (
            finding.message == "The import of ../../schema.zod.js leads nowhere: there is no schema.zod.ts."
        )
        assert finding.level == "error"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "// ---\n// This file was generated by Nango (v0.69.36)\n",
            "\ufeff/* This file was generated by Nango */",
        ],
    )
    def test_the_models_are_generated(self, text: str) -> None:
        assert lines("N04", tree(YAML, {"models.ts": text})) == []

    def test_the_models_are_written_by_hand(self) -> None:
        (finding,) = findings("N04", tree(YAML, {"models.ts": "export interface Order {}\n"}))
        assert (finding.path, finding.line, finding.level) == ("models.ts", 1, "warning")


class TestRawTypesHaveTheirFile:
    GET = "export default async function run(nango) {\n    await nango.get<X>(config);\n}\n"

    @pytest.mark.parametrize("path", ["shop/types.ts", "shop/types/index.ts"])
    def test_it_has(self, path: str) -> None:
        assert lines("N05", tree(YAML, {"shop/syncs/orders.ts": self.GET, path: ""})) == []

    def test_it_needs_none(self) -> None:
        assert lines("N05", tree(YAML, BOTH)) == []

    @pytest.mark.parametrize("path", ["shop/syncs/orders.ts", "shop/helpers/get.ts"])
    def test_it_has_none(self, path: str) -> None:
        (finding,) = findings("N05", tree(YAML, {path: self.GET}))
        assert (finding.path, finding.line, finding.column, finding.length) == ("nango.yaml", 2, 5, 4)
        assert (
            finding.message
            == "The integration shop sends requests, but has no shop/types.ts for what it gets."
        )


HEAD = "// Generated by ts-to-zod\nimport { z } from 'zod';\n\n"
ORDER = """\
export const orderSchema = z.object({
    id: z.string(),
    note: z.union([z.string(), z.undefined()]).optional(),
    state: z
        .union([z.literal('open'), z.literal('closed'), z.undefined()])
        .optional()
        .nullable(),
    more: z.record(z.string(), z.any()),
    names: z.array(z.string())
});
"""
LINE = "\nexport const lineSchema = z.object({\n    order: orderSchema\n});\n"
OLD_ORDER = """\
export const orderSchema = z.object({
  "id": z.string(), note: z.string().optional(),
  state: z.union([z.literal("open"), z.literal("closed")]).optional().nullable(),
  more: z.record(z.any()),
  names: z.array(
    z.string(),
  ),
})
"""


NOTES = [
    "z.string().optional()",
    "z.union([z.string(), z.undefined()]).optional()",
    "z . union ( [ z.string(), z.undefined(), ] ).optional()",
    "(z.string()).optional()",
    "z.number().optional()",
    "z.string()",
]


class TestSchemasFitTheModels:
    @pytest.mark.parametrize(
        "text",
        [
            HEAD + ORDER + LINE,
            HEAD + LINE + ORDER,
            HEAD + OLD_ORDER + LINE,
            "\ufeff" + (HEAD + OLD_ORDER + LINE).replace("\n", "\r\n"),
            HEAD + ORDER + LINE + "export const idSchema = z.string();\n",
        ],
    )
    def test_they_do(self, text: str) -> None:
        assert lines("N08", tree(YAML, {"schema.zod.ts": text, "shop/schema.zod.ts": text})) == []

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "import { z } from 'zod';\nexport const orderSchema = z.object({});\n",
            HEAD + "// Mine.\nexport const orderSchema = z.object({});\n",
            HEAD + "export const orderSchema = z.object({ id: z.string().email() });\n",
            HEAD + "export const orderSchema = z.object({});\nexport function mine() {}\n",
            HEAD
            + "export const orderSchema = z.object({});\nexport function mine() {\n    const a = z;\n}\n",
            HEAD + "export const orderSchema = z.object({}), a = z.string();\n",
            HEAD + "export const orderSchema = z.enum(['a']);\n",
            HEAD + "export const orderSchema = z.obj",
            HEAD + "export const { a } = z;",
        ],
    )
    def test_it_is_not_what_was_generated(self, text: str) -> None:
        assert lines("N08", tree(YAML, {"schema.zod.ts": text})) == []

    @pytest.mark.parametrize(
        ("text", "place", "names"),
        [
            (HEAD + ORDER, (1, 1), "lineSchema"),
            (HEAD + ORDER.replace("id: z.string()", "id: z.number()") + LINE, (4, 14), "orderSchema"),
            (HEAD + ORDER.replace("z.undefined()", "z.null()") + LINE, (4, 14), "orderSchema"),
            (HEAD + ORDER.replace("'closed'", "'closed '") + LINE, (4, 14), "orderSchema"),
            (HEAD + LINE.replace("order:", "orders:"), (5, 14), "lineSchema, orderSchema"),
            (HEAD + ORDER.replace("    names: z.array(z.string())\n", "") + LINE, (4, 14), "orderSchema"),
        ],
    )
    def test_they_do_not(self, text: str, place: tuple[int, int], names: str) -> None:
        folder = tree(YAML, {"schema.zod.ts": text})
        (finding,) = findings("N08", folder)
        assert (finding.line, finding.column) == place
        assert f": {names} would be different." in finding.message

    def test_what_is_missing_is_added(self) -> None:
        folder = tree(YAML, {"schema.zod.ts": HEAD + OLD_ORDER})
        after = fixed(folder.files, findings("N08", folder))
        assert after == {"schema.zod.ts": HEAD + ORDER + LINE}
        assert lines("N08", Tree({**folder.files, **after}, {})) == []

    @pytest.mark.parametrize(
        "text",
        [
            HEAD + ORDER.replace("id: z.string()", "id: z.number()") + LINE,
            HEAD + LINE.replace("order:", "orders:"),
        ],
    )
    def test_what_scripts_accept_today_is_not_changed_by_a_mend(self, text: str) -> None:
        assert [finding.edits for finding in findings("N08", tree(YAML, {"schema.zod.ts": text}))] == [()]

    def test_the_new_text_has_the_line_ends_of_the_old(self) -> None:
        folder = tree(YAML, {"schema.zod.ts": "\ufeff" + (HEAD + ORDER).replace("\n", "\r\n")})
        after = fixed(folder.files, findings("N08", folder))
        assert after == {"schema.zod.ts": "\ufeff" + (HEAD + ORDER + LINE).replace("\n", "\r\n")}

    def test_more_than_the_models_is_not_written_over(self) -> None:
        folder = tree(YAML, {"schema.zod.ts": HEAD + ORDER + "export const idSchema = z.string();\n"})
        assert [finding.edits for finding in findings("N08", folder)] == [()]

    def test_an_integration_may_have_its_own_alone(self) -> None:
        assert lines("N08", tree(YAML, {"shop/schema.zod.ts": HEAD + ORDER})) == []
        text = HEAD + ORDER.replace("id:", "key:")
        (finding,) = findings("N08", tree(YAML, {"shop/schema.zod.ts": text}))
        assert (finding.path, finding.line, finding.edits) == ("shop/schema.zod.ts", 4, ())

    @pytest.mark.parametrize("yaml", ["a: b: c", "integrations: {}\nmodels:\n    A: string\n"])
    def test_the_models_cannot_be_read(self, yaml: str) -> None:
        assert lines("N08", tree(yaml, {"schema.zod.ts": HEAD})) == []

    def test_the_models_are_worked_out_once_for_all_integrations(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However many have a file of their own: what each took used to grow with their number."""
        rendered: list[int] = []

        def counted(models: tuple[object, ...]) -> str:
            rendered.append(len(models))
            return schema_file(models)

        monkeypatch.setattr(schemas, "schema_file", counted)
        names = [f"shop-{number}" for number in range(6)]
        yaml = "integrations:\n" + "".join(f"    {name}: {{}}\n" for name in names)
        yaml += "models:\n    Line:\n        id: string\n        note?: string\n"
        texts = [
            HEAD + f"export const lineSchema = z.object({{ id: z.string(), note: {note} }});\n"
            for note in NOTES
        ]
        files = {f"{name}/schema.zod.ts": text for name, text in zip(names, texts, strict=True)}
        assert lines("N08", tree(yaml, files)) == ["shop-4/schema.zod.ts:4:14", "shop-5/schema.zod.ts:4:14"]
        assert rendered == [1]

    def test_models_that_refer_to_each_other(self) -> None:
        yaml = "integrations: {}\nmodels:\n    A:\n        b: B\n    B:\n        a?: A\n"
        folder = tree(yaml, {"schema.zod.ts": HEAD})
        after = fixed(folder.files, findings("N08", folder))
        assert "z.lazy" in after["schema.zod.ts"]
        assert lines("N08", Tree({**folder.files, **after}, {})) == []


class TestOneDefaultExport:
    @pytest.mark.parametrize(
        "text",
        [
            SCRIPT,
            "export default async (nango: NangoSync) => {};",
            "const run = async () => {};\nexport default run;",
            "const run = async () => {};\nexport { run as default };",
            "export { default } from '../run.js';",
            "export default nango.createSync({});",
            "export const a = 1;\n" + SCRIPT,
            "export default async function run(",
        ],
    )
    def test_it_has(self, text: str) -> None:
        assert lines("N09", tree(YAML, {"shop/syncs/orders.ts": text})) == []

    @pytest.mark.parametrize(
        "text",
        ["", "// Later.\n", "export async function run() {}\r\n", "export { default as a } from './x.js';"],
    )
    def test_it_has_none(self, text: str) -> None:
        (finding,) = findings("N09", tree(YAML, {"shop/syncs/orders.ts": text}))
        assert (finding.line, finding.column, finding.level) == (1, 1, "error")

    def test_it_has_two(self) -> None:
        assert lines("N09", tree(YAML, {"shop/actions/add.ts": SCRIPT + SCRIPT})) == [
            "shop/actions/add.ts:2:1"
        ]

    def test_what_has_no_entry_is_not_run(self) -> None:
        assert lines("N09", tree(YAML, {"shop/syncs/helpers.ts": "export const a = 1;"})) == []


class TestNamesTheCliLeavesOut:
    @pytest.mark.parametrize("name", ["fetch-models", "models-of-cars", "model", "Models"])
    def test_others_are_compiled(self, name: str) -> None:
        assert (
            lines("N11", tree(f"integrations:\n    models:\n        syncs:\n            {name}: {{}}\n"))
            == []
        )

    @pytest.mark.parametrize(
        ("section", "kind", "place"),
        [
            ("syncs:\n            models: {}", "sync", "4:13"),
            ("actions:\n            models: {}", "action", "4:13"),
            ("on-events:\n            validate-connection: [check, models]", "script", "4:34"),
        ],
    )
    def test_models_ends_every_compilation(self, section: str, kind: str, place: str) -> None:
        (finding,) = findings("N11", tree(f"integrations:\n    shop:\n        {section}\nmodels: {{}}\n"))
        assert f"{finding.line}:{finding.column}" == place
        assert finding.level == "error"
        assert finding.message.startswith(f"A {kind} of the integration shop is called models: ")


@given(scripts())
def test_no_text_is_too_odd(text: str) -> None:
    look("N02 N03 N04 N05 N08 N09 N11 N12", text)
