"""``nango-scaffold check``: its output in every format, its fixes, and its exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from tests.cli.sample_rules import (
    BreaksScripts,
    EntriesHaveInputs,
    FullSyncTracksDeletes,
    ScriptsAreShort,
    ScriptsSayFresh,
)
from tests.cli.sarif_schema import SARIF
from tests.examples.golden import EXAMPLES, names, read_tree

from nango_scaffold.check.finding import Finding
from nango_scaffold.check.rules import RULES
from nango_scaffold.cli import main
from nango_scaffold.commands import check as command
from nango_scaffold.commands.integrations import find_folder
from nango_scaffold.report.findings import Checked
from nango_scaffold.report.sarif import sarif

if TYPE_CHECKING:
    from nango_scaffold.check.rule import Rule

YAML = """\
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
        actions:
            count:
                output: Order
models:
    Order:
        id: string
"""
SCRIPT = """\
import type { NangoSync } from '../../models';

export default async function fetchData(nango: NangoSync): Promise<void> {
    const old = await nango.get({ endpoint: '/é' });
}
"""


DOCS = EXAMPLES.parent / "docs"
Y01 = (FullSyncTracksDeletes(),)
Check = Callable[..., tuple[int, str]]


@pytest.fixture
def with_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace all rules by these."""

    def put(*rules: Rule) -> None:
        monkeypatch.setattr("nango_scaffold.check.rules.RULES", rules)

    put(*Y01)
    return put


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_rules: object) -> Path:
    folder = tmp_path / "project/nango-integrations"
    (folder / "shop/syncs").mkdir(parents=True)
    (folder / "nango.yaml").write_bytes(YAML.encode())
    (folder / "shop/syncs/orders.ts").write_bytes(SCRIPT.encode())
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def run(*words: str) -> tuple[int, str]:
        code = main(["check", *words])
        return code, capsys.readouterr().out

    return run


def script(project: Path) -> bytes:
    return (project / "nango-integrations/shop/syncs/orders.ts").read_bytes()


class TestText:
    def test_each_file_with_its_findings_and_the_lines_they_mean(self, project: Path, check: Check) -> None:
        expected = (
            "nango-integrations/nango.yaml\n"
            "  4:13  Y01  The full sync orders does not say track_deletes: true.\n"
            "     4 |             orders:\n"
            "       |             ^^^^^^\n"
            "\n"
            "1 finding in 1 file\n"
        )
        assert check() == (1, expected)

    def test_the_page_of_the_documentation_shows_what_is_said(
        self, project: Path, check: Check, with_rules
    ) -> None:
        with_rules(*(rule for rule in RULES if rule.id == "Y01"))
        assert f"$ nango-scaffold check\n{check()[1]}" in (DOCS / "check.md").read_text("utf-8")

    def test_counts_tell_errors_and_what_can_be_mended(self, project: Path, check: Check, with_rules) -> None:
        with_rules(*Y01, ScriptsSayFresh(), EntriesHaveInputs())
        code, out = check()
        assert code == 1
        assert out.endswith("\n3 findings in 2 files (1 error), 2 can be fixed with --fix\n")
        assert "  4:11  X01  shop/syncs/orders.ts says old; say fresh.\n" in out

    def test_a_clean_folder(self, project: Path, check: Check) -> None:
        code, out = check("--ignore", "Y01")
        assert (code, out) == (0, "No rule is broken: 2 syncs and actions, 2 files looked at.\n")
        assert check("--ignore", "Y01", "--quiet") == (0, "")

    def test_quiet_says_what_is_found_alone(self, project: Path, check: Check) -> None:
        assert check("--quiet")[1].splitlines()[-1].strip() == "|             ^^^^^^"

    def test_notes_are_told_on_demand_and_are_no_failure(
        self, project: Path, check: Check, with_rules
    ) -> None:
        with_rules(ScriptsAreShort())
        code, out = check()
        assert code == 0
        assert out == (
            "No rule is broken: 2 syncs and actions, 2 files looked at.\n"
            "1 note on what may be wrong: see --verbose\n"
        )
        code, out = check("--verbose")
        assert code == 0
        assert "  1:1  X02  shop/syncs/orders.ts may be long.\n\n" in out  # the whole file: no line is shown

    def test_colours_in_a_terminal_tell_the_level(self, project: Path, with_rules) -> None:
        from io import StringIO

        from nango_scaffold.report.findings import findings_page
        from nango_scaffold.report.terminal import show

        with_rules(ScriptsSayFresh())
        options = type("Options", (), {"dry_run": False})
        folder = find_folder(project)
        stream = StringIO()
        show(findings_page(command._checked(folder, (ScriptsSayFresh(),), options), notes=False), stream)
        assert "\x1b[1;31mX01\x1b[0m" in stream.getvalue()

    @pytest.mark.parametrize("name", names())
    def test_what_we_write_ourselves_keeps_every_rule(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = read_tree(EXAMPLES / name)
        for place in (EXAMPLES / name, EXAMPLES / name / "nango-integrations"):
            assert main(["check", str(place)]) == 0
            out = capsys.readouterr().out
            assert set(re.findall(r"^  \d+:\d+ +(\w+)", out, re.MULTILINE)) <= {"G01"}, "but for open guesses"
            assert re.search(
                r"^No rule is broken: \d+ syncs? (and|or) actions?, \d+ files looked at\.\n"
                r"(\d+ open guess(es)?: see nango-scaffold guesses\n)?\Z",
                out,
                re.MULTILINE,
            )
        assert read_tree(EXAMPLES / name) == before


class TestWhere:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ([], "nango-integrations/nango.yaml"),
            (["."], "nango-integrations/nango.yaml"),
            (["nango-integrations"], "nango.yaml"),
            (["--project", "../project"], "nango-integrations/nango.yaml"),
            (["--project", "../project/nango-integrations/"], "nango.yaml"),
        ],
    )
    def test_paths_start_from_the_folder_that_was_named(
        self, project: Path, check: Check, words: list[str], expected: str
    ) -> None:
        _, out = check(*words, "--json")
        assert [finding["path"] for finding in json.loads(out)["findings"]] == [expected]

    def test_inside_the_folder_itself(
        self, project: Path, check: Check, monkeypatch: pytest.MonkeyPatch, with_rules
    ) -> None:
        with_rules(ScriptsSayFresh())
        monkeypatch.chdir(project / "nango-integrations")
        assert check("--fix")[0] == 0
        assert b"const fresh" in script(project)

    def test_a_folder_of_another_name(self, project: Path, check: Check, with_rules) -> None:
        with_rules(ScriptsSayFresh())
        (project / "nango-integrations").rename(project / "integrations")
        assert check("integrations")[0] == 1
        assert check("integrations", "--fix")[0] == 0
        assert b"const fresh" in (project / "integrations/shop/syncs/orders.ts").read_bytes()
        assert sorted(path.name for path in (project / "integrations").iterdir()) == ["nango.yaml", "shop"]

    def test_only_what_belongs_to_integrations_is_read(self, project: Path, check: Check) -> None:
        folder = project / "nango-integrations"
        for path in ("other/syncs/a.ts", "shop/node_modules/a.ts", "shop/dist/a.ts", "shop/.nango/a.ts"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(b"\xff")
        (folder / "models.ts").write_text("")
        (folder / "shop/README.md").write_bytes(b"\xff")
        assert json.loads(check("--json")[1])["counts"]["files"] == 3

    def test_no_integration_leads_out_of_the_folder(self, project: Path, check: Check) -> None:
        (project / "a.ts").write_bytes(b"\xff")
        (project / "nango-integrations/nango.yaml").write_text(
            "integrations:\n    ..: {}\n    '../..': {}\n    .: {}\n"
        )
        assert check()[0] == 0


class TestRefusals:
    def complaint(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
        code = main(["check", *words])
        return code, capsys.readouterr().err

    def test_there_is_no_nango_yaml(self, tmp_path: Path, capsys) -> None:
        code, message = self.complaint(capsys, str(tmp_path))
        assert code == 3
        assert "there is no nango.yaml here" in message

    @pytest.mark.parametrize("words", [[], ["--fix"]])
    def test_nango_yaml_makes_no_sense_and_no_rule_says_so(
        self, project: Path, capsys, words: list[str]
    ) -> None:
        (project / "nango-integrations/nango.yaml").write_text("integrations: [\n")
        code, message = self.complaint(capsys, *words)
        assert code == 3
        assert "nango.yaml:2:1: it is not valid YAML" in message

    def test_nango_yaml_makes_no_sense(self, project: Path, check: Check, with_rules) -> None:
        (project / "nango-integrations/nango.yaml").write_text("integrations: [\n")
        with_rules(*RULES)
        code, out = check()
        assert code == 1
        assert "Y15  nango.yaml cannot be read" in out

    def test_nango_yaml_is_not_utf_8(self, project: Path, capsys) -> None:
        (project / "nango-integrations/nango.yaml").write_bytes(b"# a\n# \xe9\n")
        code, message = self.complaint(capsys)
        assert code == 3
        assert "nango-integrations/nango.yaml: byte 0xe9 in line 2 is no UTF-8" in message

    @pytest.mark.parametrize("option", ["--select", "--ignore"])
    def test_a_rule_that_does_not_exist(self, project: Path, capsys, option: str) -> None:
        code, message = self.complaint(capsys, option, "Y01,Y1")
        assert code == 2
        assert "there is no rule Y1" in message
        assert "did you mean Y01?" in message

    def test_two_formats(self, project: Path, capsys) -> None:
        assert self.complaint(capsys, "--json", "--format", "sarif")[0] == 2

    def test_an_error_is_data_for_those_who_want_data(self, tmp_path: Path, check: Check) -> None:
        code, out = check(str(tmp_path), "--format", "json")
        assert (code, json.loads(out)["error"]["exit_code"]) == (3, 3)


class TestChoice:
    def test_rules_are_selected_and_ignored(self, project: Path, check: Check, with_rules) -> None:
        with_rules(*Y01, ScriptsSayFresh(), EntriesHaveInputs())

        def rule_ids(*words: str) -> list[str]:
            return [finding["rule"] for finding in json.loads(check("--json", *words)[1])["findings"]]

        assert rule_ids() == ["Y01", "X03", "X01"]
        assert rule_ids("--select", "x01, Y01") == ["Y01", "X01"]
        assert rule_ids("--select", "X01", "--select", "Y01", "--ignore", "Y01") == ["X01"]
        assert rule_ids("--ignore", "X01,X03") == ["Y01"]

    def test_a_comment_leaves_a_finding_out(self, project: Path, check: Check) -> None:
        comment = "            # nango-scaffold-ignore Y01: nothing is ever deleted\n            orders:"
        path = project / "nango-integrations/nango.yaml"
        path.write_text(YAML.replace("            orders:", comment))
        assert check()[0] == 0

    def test_ids_are_completed(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["__complete", "zsh", "check", "--select", "Y0"])
        kind, first, *_ = capsys.readouterr().out.splitlines()
        assert (kind, first.split("\t")) == ("words", ["Y01", "A full sync has `track_deletes: true`."])
        main(["__complete", "zsh", "check", "--ignore", "Y01,Y0"])
        offered = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()[1:]]
        assert "Y01,Y01" not in offered
        assert all(candidate.startswith("Y01,Y0") for candidate in offered)
        main(["__complete", "zsh", "check", "nan"])
        assert capsys.readouterr().out == "folders\n"


class TestJson:
    def test_findings_and_counts(self, project: Path, check: Check, with_rules) -> None:
        with_rules(*Y01, ScriptsSayFresh(), ScriptsAreShort())
        code, out = check("--json")
        data = json.loads(out)
        assert code == 1
        assert data["findings"][0] == {
            "rule": "Y01",
            "level": "warning",
            "path": "nango-integrations/nango.yaml",
            "line": 4,
            "column": 13,
            "length": 6,
            "message": "The full sync orders does not say track_deletes: true.",
            "fixable": False,
        }
        assert data["counts"] == {
            "errors": 1,
            "warnings": 1,
            "notes": 1,
            "fixable": 1,
            "mended": 0,
            "syncs_and_actions": 2,
            "files": 2,
        }
        assert check("--format", "json") == (1, out)


class TestMending:
    @pytest.fixture(autouse=True)
    def _rules(self, project: Path, with_rules) -> None:
        with_rules(*Y01, ScriptsSayFresh(), EntriesHaveInputs())

    def test_what_can_be_mended_is_and_the_rest_is_told(self, project: Path, check: Check) -> None:
        code, out = check("--fix")
        assert code == 1
        assert out.startswith(
            "Fixed:\n"
            "  nango-integrations/nango.yaml:8:13            X03  The action count has no input.\n"
            "  nango-integrations/shop/syncs/orders.ts:4:11  X01  shop/syncs/orders.ts says old; say fresh.\n"
        )
        assert out.endswith("\n2 findings fixed in 2 files\n1 finding in 1 file\n")
        assert script(project) == SCRIPT.replace("old", "fresh").encode()
        assert "count:\n                input: Order\n" in (
            project / "nango-integrations/nango.yaml"
        ).read_text("utf-8")

    def test_a_second_run_finds_nothing_to_mend(self, project: Path, check: Check) -> None:
        check("--fix")
        before = read_tree(project)
        code, out = check("--fix", "--ignore", "Y01")
        assert (code, out) == (0, "No rule is broken: 2 syncs and actions, 2 files looked at.\n")
        assert read_tree(project) == before

    def test_a_dry_run_shows_the_diff(self, project: Path, check: Check) -> None:
        before = read_tree(project)
        code, out = check("--fix", "--dry-run", "--ignore", "Y01")
        assert code == 1
        assert "-    const old = await" in out
        assert "+    const fresh = await" in out
        assert out.endswith(
            "2 findings would be fixed in 2 files\n"
            "No rule is broken: 2 syncs and actions, 2 files looked at.\n"
            "Dry run: nothing was written.\n"
        )
        assert read_tree(project) == before

    def test_line_ends_and_byte_order_marks_stay(self, project: Path, check: Check) -> None:
        folder = project / "nango-integrations"
        for path, text in (("nango.yaml", YAML), ("shop/syncs/orders.ts", SCRIPT)):
            (folder / path).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        _, out = check("--json")
        places = [(finding["line"], finding["column"]) for finding in json.loads(out)["findings"]]
        assert places == [(4, 13), (8, 13), (4, 11)]
        assert check("--fix", "--ignore", "Y01")[0] == 0
        expected = SCRIPT.replace("old", "fresh").replace("\n", "\r\n").encode()
        assert script(project) == b"\xef\xbb\xbf" + expected
        yaml = (folder / "nango.yaml").read_bytes()
        assert yaml.startswith(b"\xef\xbb\xbfintegrations:\r\n")
        assert yaml.count(b"\n") == yaml.count(b"\r\n") == YAML.count("\n") + 1

    def test_a_mend_that_would_break_a_script_is_left(self, project: Path, check: Check, with_rules) -> None:
        with_rules(BreaksScripts(), EntriesHaveInputs())
        code, out = check("--fix", "--json")
        data = json.loads(out)
        assert code == 1
        assert [finding["rule"] for finding in data["findings"]] == ["X04"]
        assert [finding["rule"] for finding in data["mended"]] == ["X03"]
        assert script(project) == SCRIPT.encode()

    def test_a_comment_keeps_the_mend_away(self, project: Path, check: Check) -> None:
        path = project / "nango-integrations/shop/syncs/orders.ts"
        path.write_text(SCRIPT.replace("    const", "    // nango-scaffold-ignore X01\n    const"))
        check("--fix")
        assert b"const old" in script(project)

    def test_another_run_holds_the_lock(
        self, project: Path, check: Check, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from nango_scaffold.commands import transaction
        from nango_scaffold.commit import hold

        monkeypatch.setattr(
            transaction, "hold", lambda folder, **options: hold(folder, **{**options, "wait": 0.0})
        )
        with hold(project, wait=0.0):
            assert check("--fix")[0] == 4
            assert check()[0] == 1  # looking needs no lock
        assert script(project) == SCRIPT.encode()


class TestSarif:
    def test_the_log_has_every_rule_and_finding(self, project: Path, check: Check, with_rules) -> None:
        rules = (*Y01, ScriptsSayFresh(), ScriptsAreShort())
        with_rules(*rules)
        code, out = check("--format", "sarif", "--ignore", "X02")
        assert code == 1
        log = json.loads(out)
        jsonschema.validate(log, SARIF)
        (run,) = log["runs"]
        assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in rules]
        assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == (
            "A full sync has track_deletes: true."
        )
        assert [(result["ruleId"], result["ruleIndex"], result["level"]) for result in run["results"]] == [
            ("Y01", 0, "warning"),
            ("X01", 1, "error"),
        ]
        where = run["results"][1]["locations"][0]["physicalLocation"]
        assert where == {
            "artifactLocation": {"uri": "nango-integrations/shop/syncs/orders.ts"},
            "region": {"startLine": 4, "startColumn": 11, "endColumn": 14},
        }
        region = {"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 14}
        replacement = {"deletedRegion": region, "insertedContent": {"text": "fresh"}}
        (change,) = run["results"][1]["fixes"][0]["artifactChanges"]
        assert change == {"artifactLocation": where["artifactLocation"], "replacements": [replacement]}

    def test_notes_are_in_it(self, project: Path, check: Check, with_rules) -> None:
        with_rules(ScriptsAreShort())
        code, out = check("--format", "sarif")
        assert code == 0
        assert [result["level"] for result in json.loads(out)["runs"][0]["results"]] == ["note"]

    def test_paths_are_written_as_addresses(self) -> None:
        from nango_scaffold.check import Tree
        from nango_scaffold.plan import Plan

        finding = Finding("Y01", "warning", "shöp/a b.ts", 1, 1, 0, "It is so.")
        log = sarif(Checked(Tree({}, {}), "", [finding], (), Plan(()), dry=False), RULES)
        jsonschema.validate(log, SARIF)
        assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
            "uri": "sh%C3%B6p/a%20b.ts"
        }
