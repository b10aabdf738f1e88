"""The rules about validation with zod, and how all rules about scripts treat texts that are not TypeScript."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree, check

from .one_script import ACTION_PATH, SYNC_PATH, action, golden_scripts, places, sync
from .support import findings, lines, tree

IMPORT = "import { querySchema } from '../../schema.zod.js';\n"
OBJECT = "import { z } from 'zod';\n"
HEAD = "export default async function runAction(nango: NangoAction, input: Query): Promise<Order> {\n"
SENDS = "await nango.get<A>(c);\n"
VALIDATES = "await nango.zodValidateInput({ zodSchema: querySchema, input });\n"


def body(text: str) -> str:
    return IMPORT + HEAD + text + "}\n"


class TestInputIsValidated:
    @pytest.mark.parametrize(
        "script",
        [
            body(VALIDATES + SENDS),
            body("const { data } = " + VALIDATES + SENDS),
            body("const parsed = querySchema.safeParse(input);\n" + SENDS),
            body("const parsed = await querySchema.strict().parseAsync(input);\n" + SENDS),
            body("check(nango, input);\n" + SENDS)
            + "function check(nango: N, input: Query) { querySchema.parse(input); }",
            body(VALIDATES),
            body("// to be written\n"),
            "import { check } from '../helpers/unknown.js';\n" + body(SENDS),
            "export default async function runAction(nango: NangoAction) { await nango.get(c); }",
            body(SENDS).replace("{\n", "{ (\n"),
            "",
        ],
    )
    def test_it_is_or_that_is_not_certain(self, script: str) -> None:
        assert places("V01", action(script)) == []

    def test_it_is_not(self) -> None:
        assert places("V01", action(body(SENDS))) == ["2:61"]
        assert places("V01", action(body("const a = JSON.parse(input.id);\n" + SENDS))) == ["2:61"]

    def test_it_is_too_late(self) -> None:
        (finding,) = findings("V01", action(body(SENDS + VALIDATES)))
        assert (finding.line, finding.column) == (4, 7)
        assert (
            finding.message
            == "The action list-orders validates its input behind a request; that comes first."
        )

    def test_nobody_waits_for_it(self) -> None:
        assert places("V01", action(body(VALIDATES.replace("await ", "") + SENDS))) == ["3:1"]

    def test_a_helper_does_it(self) -> None:
        script = "import { check } from '../helpers/check.js';\n" + body(
            "await check(nango, input);\n" + SENDS
        )
        does = "export async function check(nango: N, input: unknown) { await nango.zodValidateInput({ zodSchema, input }); }"
        assert places("V01", action(script, helpers__check=does)) == []
        assert places("V01", action(script, helpers__check="export function check() {}")) == ["3:61"]

    @pytest.mark.parametrize("input_type", ["", "string", "Unknown"])
    def test_there_is_no_model_to_check_by(self, input_type: str) -> None:
        assert places("V01", action(body(SENDS), input_type=input_type)) == []


class TestOutputSchemaIsUsed:
    OURS = "import { orderSchema as schema } from '../../schema.zod.js';\n"

    @pytest.mark.parametrize(
        "script",
        [
            body(""),
            OURS + HEAD + "return schema.parse(order);\n}",
            OURS + HEAD + "const checked = schema.safeParse(order);\n}",
            OURS + HEAD + "return check({ schema, order });\n}",
        ],
    )
    def test_it_is(self, script: str) -> None:
        assert places("V02", action(script)) == []

    def test_it_is_not(self) -> None:
        assert places("V02", action(self.OURS + HEAD + "}")) == ["1:1"]
        assert places("V02", action(self.OURS + HEAD + "schema.safeParse(order);\n}")) == ["3:1"]


class TestMetadataIsValidated:
    HEAD = "export default async function fetchData(nango: NangoSync): Promise<void> {\n"
    READS = "const metadata = await nango.getMetadata<Shop>();\n"

    @pytest.mark.parametrize("text", ["}", READS + VALIDATES + "}", READS + "shopSchema.parse(metadata);\n}"])
    def test_it_is(self, text: str) -> None:
        assert places("V03", sync(self.HEAD + text)) == []

    def test_it_is_not(self) -> None:
        (finding,) = findings("V03", sync(self.HEAD + self.READS + "}"))
        assert (finding.line, finding.level) == (2, "note")

    def test_a_helper_may(self) -> None:
        script = (
            "import { check } from '../helpers/check.js';\n" + self.HEAD + self.READS + "check(metadata);\n}"
        )
        assert places("V03", sync(script)) == []


class TestDatesOfAnInputAreLookedAt:
    @pytest.mark.parametrize(
        "text",
        [
            "const since = new Date();\n",
            "const since = new Date(input.count);\n",
            "const since = new Date(other.since);\n",
            "const since = new Date(input.since ?? 0);\n",
            "try { a(new Date(input.since).toISOString()); } catch { throw problem; }\n",
            "const since = new Date(input.since);\nif (Number.isNaN(since.getTime())) { throw problem; }\n",
            "validateDate(input.since);\nconst since = new Date(input.since);\n",
        ],
    )
    def test_they_are_or_that_is_not_certain(self, text: str) -> None:
        assert lines("V04", action(body(text))) == []

    def test_nobody_looks(self) -> None:
        text = VALIDATES + "// isNaN is not asked\nconst since = new Date(input.since);\n"
        assert lines("V04", action(body(text))) == [f"{ACTION_PATH}:5:15"]

    @pytest.mark.parametrize("kind", ["Date", "date", "Date | null", "Date[]"])
    def test_a_field_is_a_date(self, kind: str) -> None:
        yaml = f"""
        integrations:
            shop:
                actions:
                    one: {{input: Query, output: Order}}
                    two: {{input: Query}}
        models:
            Query:
                since?: {kind}
                update: string
            Order:
                at: Date
        """
        assert lines("V04", tree(yaml)) == ["nango.yaml:8:9"]


class TestSchemasAreGenerated:
    @pytest.mark.parametrize(
        "script",
        [
            body(""),
            OBJECT + "const a = z.string();\n" + body(""),
            body("const a = z.object({});\n"),
            OBJECT + "export default createAction({ input: z.object({}) });",
        ],
    )
    def test_they_are(self, script: str) -> None:
        assert places("V05", action(script)) == []

    @pytest.mark.parametrize("imported", ["{ z }", "z", "* as z", "{ z as zod, z }"])
    def test_they_are_not(self, imported: str) -> None:
        script = f"import {imported} from 'zod';\nconst a = z.object({{ b: z.object({{}}) }});\nconst c = z.object({{}});\n"
        assert places("V05", action(script + body(""))) == ["2:11", "3:11"]


CUTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))


@given(st.integers(0, 10_000), CUTS, st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_golden_script_that_is_cut_never_raises(which: int, cuts: tuple[int, int], other: str) -> None:
    scripts = golden_scripts()
    folder, path = scripts[which % len(scripts)]
    text = folder.files[path]
    start, end = sorted(cut % (len(text) + 1) for cut in cuts)
    check(Tree({**folder.files, path: text[:start] + other + text[end:]}, {}))


@given(
    st.text(alphabet=st.sampled_from("nago.getfchDa(){}[]<>=>;:,'`\"\n\r\t é\ufeff"), max_size=80)
    | st.text(max_size=80)
)
@settings(max_examples=60, deadline=None)
def test_any_text_never_raises(text: str) -> None:
    check(Tree({**sync("").files, SYNC_PATH: text}, {}))
    check(Tree({**action("").files, ACTION_PATH: text}, {}))
