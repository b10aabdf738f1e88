"""The rules about raw types: the types of API responses."""

from __future__ import annotations

import pytest
from hypothesis import given

from nango_scaffold.check import Tree

from .broken_scripts import look, scripts
from .support import findings, lines, tree

YAML = """
integrations:
    google-mail:
        syncs:
            messages:
                runs: every hour
                output: Message
    1password-scim:
        actions:
            add: {}
models:
    Message:
        id: string
"""
SYNC = "google-mail/syncs/messages.ts"
TYPES = "google-mail/types.ts"


def with_sync(text: str) -> Tree:
    return tree(YAML, {SYNC: text})


def with_types(text: str, path: str = TYPES) -> Tree:
    return tree(YAML, {path: text})


def in_function(line: str) -> str:
    return f"export default async function fetchData(nango: NangoSync) {{\n    {line}\n}}\n"


class TestResponsesTyped:
    @pytest.mark.parametrize(
        "line",
        [
            "const found = await nango.get<GoogleUser>(config);",
            "const found = await nango.get<GoogleUser[]>(config);",
            "const found = await nango.get<unknown>(config);",
            "const found = await nango.get<string>(config);",
            "const found = await nango.get<Page<GoogleUser>>(config);",
            "const found = await nango.get<raw.User>(config);",
            "for await (const page of nango.paginate<GoogleUser>(config)) {}",
            "await nango.delete(config);",
            "await nango.delete(config).catch((error) => undefined);",
            "const found: AxiosResponse<GoogleUser> = await nango.get(config);",
            "return nango.get(config);",
            "save(await nango.get(config));",
            "const found = await client.get(config);",
            "const found = await nango.getMetadata();",
            "const get = (of: Config): Promise<AxiosResponse<GoogleUser>> => nango.get(of);",
            "const found = await nango.get<",
        ],
    )
    def test_they_are_or_it_is_not_certain(self, line: str) -> None:
        assert lines("T01", with_sync(in_function(line))) == []

    @pytest.mark.parametrize(
        ("line", "column", "trouble"),
        [
            ("const found = await nango.get(config);", 25, "has no type"),
            ("const { data } = await nango.post(config);", 28, "has no type"),
            ("for await (const page of nango.paginate(config)) {}", 30, "has no type"),
            ("const found = (await nango.get(config)).data;", 26, "has no type"),
            ("const found = await nango.get<any>(config);", 25, "has the type any"),
            ("await nango.get<{ id: string }>(config);", 11, "has a type that is written in place"),
        ],
    )
    def test_they_are_not(self, line: str, column: int, trouble: str) -> None:
        (finding,) = findings("T01", with_sync(in_function(line)))
        assert (finding.line, finding.column) == (2, column)
        assert trouble in finding.message

    def test_a_type_of_the_script_is_not_one_of_types_ts(self) -> None:
        text = "interface Mail {\n    id: string;\n}\n" + in_function(
            "const a = await nango.get<Mail>(config);"
        )
        (finding,) = findings("T01", with_sync(text))
        assert (
            finding.message
            == "The response of nango.get has the type Mail of this script: it wants one of types.ts."
        )

    @pytest.mark.parametrize(
        "source", ["../types", "../types.js", "../types/mail.js", "../../models", "@acme/api"]
    )
    def test_a_type_comes_from_the_right_place(self, source: str) -> None:
        text = f"import type {{ Mail }} from '{source}';\n" + in_function(
            "const a = await nango.get<Mail>(config);"
        )
        assert lines("T01", with_sync(text)) == []

    def test_a_type_comes_from_elsewhere(self) -> None:
        text = "import type { Mail } from '../mail.js';\n" + in_function(
            "const a = await nango.get<Mail>(config);"
        )
        assert lines("T01", with_sync(text)) == [f"{SYNC}:3:21"]

    def test_a_parameter_may_be_the_type(self) -> None:
        text = "async function all<T>(nango: NangoSync) {\n    const a = await nango.get<T>(config);\n}\n"
        assert lines("T01", with_sync(text)) == []


class TestRawTypesNamedForTheIntegration:
    @pytest.mark.parametrize(
        "text",
        [
            "export interface GoogleMailMessage {}",
            "export interface GoogleMessage {}",
            "export type GOOGLEMessage = string;",
            "export function isMessage() {}",
            "export const LIMIT = 3;",
            "interface Inside {}",
            "export interface UserResponse {}",
            "export interface Message {}",
            "export type { Page } from './pages';",
            "export interface Mess",
        ],
    )
    def test_they_are_or_another_rule_says_so(self, text: str) -> None:
        assert lines("T02", with_types(text)) == []

    @pytest.mark.parametrize(
        "text", ["interface Mail {}", "type Mail = string;", "enum Mail {}", "interface Mail<T> {}"]
    )
    def test_they_are_not(self, text: str) -> None:
        (finding,) = findings("T02", with_types(f"export {text}\n"))
        assert (finding.line, finding.column, finding.length) == (1, 8 + text.index("Mail"), 4)
        assert (
            finding.message
            == "The type Mail does not start with the name of the integration: GoogleMailMail would."
        )

    def test_digits_are_spelled(self) -> None:
        path = "1password-scim/types.ts"
        assert lines("T02", with_types("export interface OnePasswordUser {}", path)) == []
        assert lines("T02", with_types("export interface User {}", path)) == [f"{path}:1:18"]


class TestModelsNotDeclaredAgain:
    @pytest.mark.parametrize(
        "text",
        [
            "import type { Message } from '../../models';",
            "export type { Message } from '../../models';",
            "type Message = import('../../models').Message;",
            "interface GoogleMessage {}",
            "const Message = 1;",
            "interface Message {",
        ],
    )
    def test_they_are_not(self, text: str) -> None:
        assert lines("T03", with_sync(text)) == []

    @pytest.mark.parametrize(
        "path", [SYNC, TYPES, "google-mail/helpers/x.ts", "google-mail/mappers/to-message.ts"]
    )
    def test_they_are(self, path: str) -> None:
        (finding,) = findings("T03", with_types("export type Message = { id: string };\r\n", path))
        assert (finding.path, finding.line, finding.column, finding.length) == (path, 1, 13, 7)
        assert finding.message == "The model Message is declared again: it is to be imported from the models."


class TestModelsGeneratedElsewhere:
    MODELS = "// This file was generated by Nango\nexport interface Order {}\nexport interface Refund {}\n"

    @pytest.mark.parametrize("path", ["shop/models.ts", "shop/helpers/all.ts"])
    def test_the_file_is_one_finding(self, path: str) -> None:
        yaml = "integrations: {shop: {}}\nmodels: {Order: {id: string}, Refund: {id: string}}"
        (finding,) = findings("T03", tree(yaml, {path: self.MODELS}))
        assert (finding.path, finding.line, finding.length) == (path, 1, 0)
        assert finding.message.startswith(f"The file {path} declares models again that were generated")


class TestRawTypesNotNamedAsAnybodys:
    @pytest.mark.parametrize(
        "name", ["GoogleUserResponse", "GoogleResponse", "MailListResponse", "User", "Message"]
    )
    def test_they_are_not(self, name: str) -> None:
        assert lines("T07", with_types(f"export interface {name} {{}}")) == []

    @pytest.mark.parametrize("name", ["UserResponse", "MessageResponse"])
    def test_they_are(self, name: str) -> None:
        (finding,) = findings("T07", with_types(f"export interface {name} {{}}"))
        assert finding.message == f"The type {name} could be anybody's: GoogleMail{name} says whose it is."


class TestNoCasts:
    @pytest.mark.parametrize(
        "line",
        [
            "const x: T = y;",
            "const x = y satisfies T;",
            "const x = y!;",
            "import { a as b } from './a.js';",
            "export { a as b };",
            "const x = nango.get<T>(y);",
            "// y as T",
            "const x = `y as T`;",
            "const x = y as",
            "Take this as that, and that as this.",
        ],
    )
    def test_there_are_none(self, line: str) -> None:
        assert lines("T08", with_sync(line)) == []

    @pytest.mark.parametrize(
        ("line", "column", "length"),
        [
            ("const x = y as T;", 13, 4),
            ("const x = [1] as const;", 15, 8),
            ("const x = <T>y;", 11, 3),
            ("const x = y as unknown as T;", 24, 4),
            ("const x = (y as unknown) as T;", 26, 4),
            ("const é = 'é' as T;", 15, 4),
        ],
    )
    def test_there_is_one(self, line: str, column: int, length: int) -> None:
        (finding,) = findings("T08", with_sync(f"\ufeff\r\n{line}\r\n"))
        assert (finding.line, finding.column, finding.length, finding.level) == (2, column, length, "error")


@given(scripts())
def test_no_text_is_too_odd(text: str) -> None:
    look("T01 T02 T03 T07 T08", text)
