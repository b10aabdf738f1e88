"""``schema_file``: schema.zod.ts beside nango.yaml for all integrations, or in the folder of one for its own models."""

from __future__ import annotations

from typing import Any

from tests.lifecycle.support import SCHEMA, YAML, Project

BESIDE = "nango-integrations/github/schema.zod.ts"
OTHER = "nango-integrations/hubspot/schema.zod.ts"
SYNC = "nango-integrations/github/syncs/items.ts"
GITHUB: dict[str, Any] = {
    "provider": "github",
    "models": {"Settings": {"site": "string"}, "Item": {"id": "string", "parent?": "Item"}},
    "syncs": [{"name": "items", "metadata": "Settings", "request": {"path": "/${metadata.site}/items"}}],
    "actions": [{"name": "create-items", "input": "Item[]", "output": "none"}],
}
HUBSPOT: dict[str, Any] = {"provider": "hubspot", "sync_names": ["deals"], "action_names": ["create-deal"]}


def with_own_schema(project: Project) -> Project:
    assert project.new({**GITHUB, "schema_file": "integration"}).code == 0
    return project


def test_it_lies_in_the_folder_and_the_scripts_import_it_from_there(project: Project) -> None:
    with_own_schema(project)
    assert not project.has(SCHEMA)
    text = project.read(BESIDE)
    assert "itemSchema: z.ZodSchema = z.lazy" in text
    assert "anonymousGithubActionCreateitemsInputSchema = z.array(itemSchema)" in text
    assert "import { settingsSchema } from '../schema.zod.js';" in project.read(SYNC)
    before = project.tree()
    for answers in ({**GITHUB, "schema_file": "integration"}, GITHUB):
        assert project.new(answers).code == 0
        assert project.tree() == before
    assert project.run("check").code == 0


def test_the_next_integration_has_its_own_too_with_its_own_models_alone(project: Project) -> None:
    with_own_schema(project)
    assert project.new(HUBSPOT).code == 0
    assert not project.has(SCHEMA)
    assert "createDealSchema" in project.read(OTHER)
    assert "itemSchema" not in project.read(OTHER)
    before = project.tree()
    assert project.run("update").code == 0
    assert project.new(HUBSPOT).code == 0
    assert project.tree() == before


def test_where_there_is_one_at_the_root_the_next_integration_uses_it(project: Project) -> None:
    assert project.new(HUBSPOT).code == 0
    with_own_schema(project)
    assert "itemSchema" in project.read(SCHEMA)
    assert project.new({"provider": "slack", "action_names": ["create-user"]}).code == 0
    assert not project.has("nango-integrations/slack/schema.zod.ts")
    assert "createUserSchema" in project.read(SCHEMA)
    assert "createUserSchema" not in project.read(BESIDE)


def test_it_follows_the_models_as_the_user_has_them(project: Project) -> None:
    with_own_schema(project)
    text = project.read(YAML)
    project.write(YAML, text.replace("site: string", "site: string\n        team: number"))
    assert project.new(GITHUB).code == 0
    assert "team: z.number()" in project.read(BESIDE)


def test_one_that_was_edited_is_only_added_to(project: Project) -> None:
    with_own_schema(project)
    project.write(BESIDE, project.read(BESIDE).replace("z.string()", "z.string().min(1)", 1))
    more = {**GITHUB, "actions": [*GITHUB["actions"], {"name": "get-item", "output": "Item"}]}
    assert project.new(more).code == 0
    assert "z.string().min(1)" in project.read(BESIDE)
    assert "getItemSchema" in project.read(BESIDE)
    assert project.run("remove github").code == 0
    assert "z.string().min(1)" in project.read(BESIDE)


def test_taking_the_integration_out_takes_it_out(project: Project) -> None:
    before = project.tree()
    with_own_schema(project)
    assert project.run("remove github items").code == 0
    assert "settingsSchema" not in project.read(BESIDE)
    assert project.run("remove github").code == 0
    assert project.tree() == before


def test_it_moves_when_the_answers_say_so(project: Project) -> None:
    with_own_schema(project)
    assert project.new({**GITHUB, "schema_file": "root"}).code == 0
    assert not project.has(BESIDE)
    assert "itemSchema" in project.read(SCHEMA)
    assert "from '../../schema.zod.js'" in project.read(SYNC)
    before = project.tree()
    assert project.new({**GITHUB, "schema_file": "root"}).code == 0
    assert project.tree() == before
    with_own_schema(project)
    assert not project.has(SCHEMA)
    assert project.has(BESIDE)


def test_an_adopted_integration_keeps_it_where_it_is(project: Project) -> None:
    with_own_schema(project)
    (project.path / "nango-integrations/github/.nango-scaffold.json").unlink()
    schema = project.read(BESIDE)
    assert project.run("adopt github --provider github").code == 0
    assert project.run("add action github get-item").code == 0
    assert "from '../schema.zod.js'" in project.read("nango-integrations/github/actions/get-item.ts")
    assert schema.partition("\n\n")[0] in project.read(BESIDE)
    assert not project.has(SCHEMA)


def test_a_file_of_ts_to_zod_stays_as_that_has_it(project: Project) -> None:
    assert project.new(GITHUB).code == 0
    typed = project.read(SCHEMA).replace("itemSchema: z.ZodSchema =", "itemSchema: z.ZodSchema<Item> =")
    typed = typed.replace("from 'zod';\n", "from 'zod';\nimport { type Item } from './.nango/schema';\n")
    project.write(SCHEMA, typed)
    assert project.run("check").code == 0
    assert project.new(HUBSPOT).code == 0
    assert "itemSchema: z.ZodSchema<Item> =" in project.read(SCHEMA)
    assert "createDealSchema" in project.read(SCHEMA)
    assert project.read(SCHEMA).startswith(typed.partition("\n\n")[0])
