// Loaded before Nango's CLI: type-checks a project as one program.
//
// The CLI adds one script or mapper after the other to the files that ts-node checks, and each of them starts a new type
// checker. With all files there from the beginning, one checker serves the whole run: same options, same diagnostics.

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const SKIPPED = new Set(['node_modules', 'dist', 'build', '.nango']);

const requireAsCli = createRequire(fs.realpathSync(process.argv[1]));
const ts = requireAsCli('typescript');

function sourcesIn(folder) {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            return SKIPPED.has(entry.name) ? [] : sourcesIn(place);
        }
        return entry.name.endsWith('.ts') ? [place] : [];
    });
}

function createLanguageService(host, registry) {
    const sources = sourcesIn(process.cwd());
    const getScriptFileNames = () => [...new Set([...sources, ...host.getScriptFileNames()])];
    return ts.createLanguageService({ ...host, getScriptFileNames }, registry);
}

// What TypeScript exports is read-only, so the CLI is given an object that has this one function of its own.
require.cache[requireAsCli.resolve('typescript')].exports = Object.create(ts, {
    createLanguageService: { value: createLanguageService, enumerable: true }
});
