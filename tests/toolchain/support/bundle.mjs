// Builds the scripts of a project as `nango compile` does, without a look at their types, which takes it seconds a script:
// the `node_modules` of the CLI is the first argument, the project's nango-integrations/ the second. typecheck.mjs looks at
// the types of all of them in one go.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [modules, root] = process.argv.slice(2);
const { build } = createRequire(path.join(modules, 'nango/package.json'))('esbuild');
const entries = fs
    .readdirSync(root, { recursive: true })
    .filter((file) => /^[^.][^/]*\/(syncs|actions)\/[^/]+\.ts$/.test(file))
    .map((file) => [`${path.basename(file, '.ts')}-${file.split('/')[0]}`, path.join(root, file)]);
await build({
    entryPoints: Object.fromEntries(entries),
    outdir: path.join(root, 'dist'),
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error'
});
