// Checks the types of many small projects in one go: the CLI whose folder is the first argument reads each nango.yaml
// below the second and makes its models.ts, then one program of the CLI's own TypeScript, under the CLI's own options,
// looks at every script. The types of Nango's SDK, which the CLI copies into each models.ts, are one file for all: a
// program with hundreds of copies would take minutes. For the same reason the schemas of one project in five are looked
// at as a whole, those of the others where a script uses them. Prints one line of JSON: a text for each thing that is
// wrong.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [cli, root] = process.argv.slice(2);
const service = (name) => import(pathToFileURL(path.join(cli, `dist/services/${name}.service.js`)).href);
const { buildModelsTS, generateSDKTypes } = await service('model');
const { parse } = await service('config');
const ts = createRequire(path.join(cli, 'package.json'))('typescript');
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // what the CLI says of enum values

const wrong = [];
const files = [];
const sdk = generateSDKTypes();
fs.writeFileSync(path.join(root, 'models.ts'), sdk);
for (const name of fs.readdirSync(root).sort()) {
    const folder = path.join(root, name, 'nango-integrations');
    if (name === 'node_modules' || !fs.existsSync(folder)) {
        continue;
    }
    const parsing = parse(folder);
    if (parsing.isErr()) {
        wrong.push(`${name}: the CLI does not read its nango.yaml: ${parsing.error.message}`);
    } else {
        const models = buildModelsTS({ parsed: parsing.value.parsed });
        fs.writeFileSync(path.join(folder, 'models.ts'), models.replace(sdk, () => "export * from '../../models';"));
    }
    files.push(
        ...fs
            .readdirSync(folder, { recursive: true })
            .filter((file) => file.endsWith('.ts') && !file.startsWith('.nango'))
            .map((file) => path.join(folder, file))
    );
}
const { compilerOptions } = JSON.parse(fs.readFileSync(path.join(cli, 'tsconfig.dev.json'), 'utf8'));
// Tests read JSON, and of vitest no more than these types.
fs.writeFileSync(
    path.join(root, 'vitest.d.ts'),
    `declare module 'vitest' {
    type Matchers = { toEqual(value: unknown): void; toMatchObject(value: unknown): void; rejects: { toThrow(message: string): Promise<void> } };
    export function describe(name: string, body: () => void): void;
    export function it(name: string, body: () => Promise<void>): void;
    export function expect(value: unknown): Matchers;
    export function beforeEach(body: () => void): void;
    export function afterEach(body: () => void): void;
    export const vi: { useFakeTimers(options: { now: Date; toFake: string[] }): void; useRealTimers(): void };
}
`
);
files.push(path.join(root, 'vitest.d.ts'));
Object.assign(compilerOptions, { resolveJsonModule: true, esModuleInterop: true });
const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, noEmit: true }, root);
const program = ts.createProgram(files, options);
const isLookedAt = (file, number) => {
    const name = path.basename(file);
    // models.ts is the CLI's own, with names in it that are used or known elsewhere alone; the CLI does not look at it either.
    return name !== 'models.ts' && (name !== 'schema.zod.ts' || number % 5 === 0);
};
const sources = files.filter(isLookedAt).map((file) => program.getSourceFile(file));
for (const found of sources.flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])) {
    const line = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line + 1 : 0;
    const place = found.file ? `${path.relative(root, found.file.fileName)}:${line}` : root;
    wrong.push(`${place} TS${found.code} ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`);
}
answer(JSON.stringify(wrong) + '\n');
