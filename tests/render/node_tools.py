"""Nango's own chain and prettier, each as one node process that answers line by line.

The chain runs the code of the nango CLI 0.69.36 (its parser, its writer of schema.ts), then ts-to-zod 3.13.0, then
prettier 3.3.3 with upstream's options. A start of the CLI takes seconds, an answer here milliseconds;
``test_zod.py`` also compares with the CLI's own command.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import IO, Any, cast

REPOSITORY = Path(__file__).parents[2]
NODE_MODULES = REPOSITORY / "toolchain" / "nango-0.69" / "node_modules"
PRETTIER_OPTIONS = {
    "parser": "typescript",
    "printWidth": 160,
    "tabWidth": 4,
    "singleQuote": True,
    "trailingComma": "none",
}

_SERVER = """
const modules = process.argv[1];
const options = JSON.parse(process.argv[2]);
const load = (path) => import(modules + '/' + path);
async function main() {
    const { format } = (await load('prettier/index.mjs')).default;
    const handlers = {
        format: (source) => format(source, options),
        formatAs: ([filepath, source, wanted]) => format(source, { ...wanted, filepath })
    };
    if (process.argv[3] === 'chain') {
        const { NangoYamlParserV2 } = await load('@nangohq/nango-yaml/dist/parser.v2.js');
        const { getExportToTS } = await load('nango/dist/services/model.service.js');
        const { generate } = (await load('ts-to-zod/lib/core/generate.js')).default;
        handlers.declare = (raw) => {
            const parser = new NangoYamlParserV2({ raw, yaml: '' });
            parser.parse();
            if (!parser.parsed) throw new Error(JSON.stringify(parser.errors));
            return getExportToTS({ parsed: parser.parsed });
        };
        const ts = (await load('typescript/lib/typescript.js')).default;
        handlers.types = (raw) => {
            const file = ts.createSourceFile('schema.ts', handlers.declare(raw), ts.ScriptTarget.Latest, true);
            const text = (node) => node.getText(file);
            const inner = (node) => text(node).slice(1, -1);
            const shape = (members) => ['object', members.filter((m) => m.name).map((m) => [
                ts.isStringLiteral(m.name) ? inner(m.name) : text(m.name), Boolean(m.questionToken), type(m.type)
            ]), members.filter((m) => !m.name).map((m) => type(m.type))[0] ?? null];
            const type = (node) => {
                if (ts.isParenthesizedTypeNode(node)) return type(node.type);
                if (ts.isArrayTypeNode(node)) return ['array', type(node.elementType)];
                if (ts.isUnionTypeNode(node)) return ['union', node.types.map(type)];
                if (ts.isTypeLiteralNode(node)) return shape(node.members);
                if (ts.isTypeReferenceNode(node) && node.typeArguments) return ['object', [], type(node.typeArguments[1])];
                if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return ['text', inner(node.literal)];
                return ['word', text(node).replace('e+', 'e')];
            };
            return file.statements.filter((each) => each.name).map((each) => [each.name.text, each.type ? type(each.type) : shape(each.members)]);
        };
        handlers.schemas = async (raw) => {
            const made = generate({ sourceText: handlers.declare(raw) });
            return format(made.getZodSchemasFile('./.nango/schema').replaceAll('z.record(', 'z.record(z.string(), '), options);
        };
    }
    for await (const line of require('readline').createInterface({ input: process.stdin })) {
        const [name, argument] = JSON.parse(line);
        let answer;
        try {
            answer = { result: await handlers[name](argument) };
        } catch (error) {
            answer = { error: String(error).slice(0, 1000) };
        }
        console.log(JSON.stringify(answer));
    }
}
main();
"""


class ToolError(Exception):
    """The tool refused what it was given."""


class Node:
    """A node process with the tools loaded."""

    def __init__(self, *, chain: bool = False) -> None:
        self._process = subprocess.Popen(
            [
                "node",
                "-e",
                _SERVER,
                str(NODE_MODULES),
                json.dumps(PRETTIER_OPTIONS),
                "chain" if chain else "",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def format(self, source: str) -> str:
        """``source`` as prettier formats it."""
        return str(self._ask("format", source))

    def format_as(self, path: str, source: str, options: dict[str, Any]) -> str:
        """``source`` as prettier formats a file of that name, with options of the caller's."""
        return str(self._ask("formatAs", [path, source, options]))

    def types(self, nango_yaml: dict[str, Any]) -> Any:
        """The declarations of the ``.nango/schema.ts`` the CLI writes for the data of a nango.yaml, as plain data.

        Each is its name and its type: ``["word", source]``, ``["text", value]``, ``["array", item]``,
        ``["union", members]`` or ``["object", [[field, optional, type], ...], type of other keys or None]``.
        """
        return self._ask("types", nango_yaml)

    def schemas(self, nango_yaml: dict[str, Any]) -> str:
        """The formatted schema.zod.ts for the data of a nango.yaml, with records that zod 4 can read."""
        return str(self._ask("schemas", nango_yaml))

    def _ask(self, name: str, argument: Any) -> Any:
        requests, answers = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        requests.write(json.dumps([name, argument]) + "\n")
        requests.flush()
        answer = json.loads(answers.readline())
        if "error" in answer:
            raise ToolError(answer["error"])
        return answer["result"]

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait(timeout=20)
