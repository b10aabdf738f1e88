// Checks the types of many small projects in one go: the CLI whose folder is the first argument reads each nango.yaml
// below the second and writes its models.ts, then one program of the CLI's own TypeScript, under the CLI's own options,
// looks at every script. Prints one line of JSON: a text for each thing that is wrong.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [cli, root] = process.argv.slice(2);
const { loadYamlAndGenerate } = await import(pathToFileURL(path.join(cli, 'dist/services/model.service.js')).href);
const ts = createRequire(path.join(cli, 'package.json'))('typescript');
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // what the CLI says of enum values

const wrong = [];
const files = [];
for (const name of fs.readdirSync(root).sort()) {
    const folder = path.join(root, name, 'nango-integrations');
    if (name === 'node_modules' || !fs.existsSync(folder)) {
        continue;
    }
    if (loadYamlAndGenerate({ fullPath: folder }) === null) {
        wrong.push(`${name}: the CLI does not read its nango.yaml`);
    }
    files.push(
        ...fs
            .readdirSync(folder, { recursive: true })
            .filter((file) => file.endsWith('.ts') && !file.startsWith('.nango'))
            .map((file) => path.join(folder, file))
    );
}
const { compilerOptions } = JSON.parse(fs.readFileSync(path.join(cli, 'tsconfig.dev.json'), 'utf8'));
const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, noEmit: true }, root);
// models.ts is the CLI's own, with names in it that are used or known elsewhere alone; the CLI does not look at it either.
const ours = ts.getPreEmitDiagnostics(ts.createProgram(files, options)).filter((found) => path.basename(found.file?.fileName ?? '') !== 'models.ts');
for (const found of ours) {
    const line = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line + 1 : 0;
    const place = found.file ? `${path.relative(root, found.file.fileName)}:${line}` : root;
    wrong.push(`${place} TS${found.code} ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`);
}
answer(JSON.stringify(wrong) + '\n');
