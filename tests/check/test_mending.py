"""Rounds of fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nango_scaffold.check import Tree, fix
from nango_scaffold.check.finding import Edit, Finding
from nango_scaffold.check.rule import Rule, ScriptRule

from .support import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nango_scaffold.check.script import Script

YAML = "integrations:\n    shop: {}\n"
PATH = "shop/syncs/orders.ts"


def folder(text: str) -> Tree:
    return tree(YAML, {PATH: text})


class Replaces(ScriptRule):
    """A rule whose fix replaces one text by another."""

    id = "X01"

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:
        start = script.text.find(self._old)
        if start >= 0:
            span = start, start + len(self._old)
            yield self.finding(script, span, f"{self._old} is wrong.", Edit(script.path, *span, self._new))


class EditsYaml(Rule):
    """A rule whose fix edits nango.yaml and a script together."""

    id = "X02"

    def __init__(self, new: str) -> None:
        self._new = new

    def findings(self, tree: Tree) -> Iterator[Finding]:
        if self._new not in tree.yaml.text:
            edits = (Edit("nango.yaml", 0, 0, self._new), Edit(PATH, 0, 0, "// new\n"))
            yield self.finding(tree.yaml, (0, 0), "It is old.", *edits)


def test_one_mend_makes_room_for_another() -> None:
    result = fix(folder("one;\n"), [Replaces("one", "two"), Replaces("two", "three")])
    assert result.tree.files[PATH] == "three;\n"
    assert [finding.message for finding in result.fixed] == ["one is wrong."]
    assert result.left == ()


def test_mends_that_undo_each_other_come_to_an_end() -> None:
    result = fix(folder("one;\n"), [Replaces("one", "two"), Replaces("two", "one")])
    assert len(result.left) == 1


def test_a_script_stays_typescript() -> None:
    result = fix(folder("one;\ntwo;\n"), [Replaces("one", "((("), Replaces("two", "three")])
    assert result.tree.files[PATH] == "one;\ntwo;\n"
    assert result.fixed == ()
    assert len(result.left) == 2


def test_a_script_that_is_no_typescript_may_be_mended() -> None:
    assert fix(folder("one (((\n"), [Replaces("one", "two")]).tree.files[PATH] == "two (((\n"


def test_nango_yaml_stays_readable_and_what_hangs_together_stays_together() -> None:
    result = fix(folder("one;\n"), [EditsYaml("]["), Replaces("one", "two")])
    assert result.tree.files == {"nango.yaml": YAML, PATH: "two;\n"}
    assert fix(folder("one;\n"), [EditsYaml("# new\n")]).tree.files == {
        "nango.yaml": f"# new\n{YAML}",
        PATH: "// new\none;\n",
    }


def test_a_mend_of_a_file_that_is_not_there_is_left() -> None:
    result = fix(tree(YAML), [EditsYaml("# new\n")])
    assert result.tree.files == {"nango.yaml": YAML}
    assert len(result.left) == 1


def test_findings_that_are_alike_are_counted() -> None:
    result = fix(folder("one; one; one;\n"), [Replaces("one", "two")])
    assert result.tree.files[PATH] == "two; two; two;\n"
    assert len(result.fixed) == 1
