// What Node tools import, prepared for one run after the other in one process (tool_host.cjs).
//
// Nango's CLI adds one script or mapper after the other to the files that ts-node checks, and each of them starts a new type
// checker. With all files there from the beginning, one checker serves the whole run: same options, same diagnostics.
// What lies in node_modules is the same for all projects, so TypeScript parses it once.
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const SKIPPED = new Set(['node_modules', 'dist', 'build', '.nango']);

const isOfLibrary = (file) => file.includes('/node_modules/');

function sourcesIn(folder) {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            return SKIPPED.has(entry.name) ? [] : sourcesIn(place);
        }
        return entry.name.endsWith('.ts') ? [place] : [];
    });
}

function preparedTypescript(ts) {
    const libraries = ts.createDocumentRegistry(true);
    const parsedLibraries = new Map();

    function createLanguageService(host, registry) {
        const sources = sourcesIn(process.cwd());
        const getScriptFileNames = () => [...new Set([...sources, ...host.getScriptFileNames()])];
        return ts.createLanguageService({ ...host, getScriptFileNames }, registry);
    }

    function createDocumentRegistry(...options) {
        const project = ts.createDocumentRegistry(...options);
        const registryOf = (file) => (isOfLibrary(String(file)) ? libraries : project);
        const methods = Object.keys(project).map((name) => [name, (file, ...rest) => registryOf(file)[name](file, ...rest)]);
        return Object.fromEntries(methods);
    }

    function createCompilerHost(options, ...rest) {
        const host = ts.createCompilerHost(options, ...rest);
        const settings = [libraries.getKeyForCompilationSettings(options), ...rest];
        const { getSourceFile } = host;
        host.getSourceFile = (file, language, ...more) => {
            const key = isOfLibrary(file) ? JSON.stringify([file, language, ...settings]) : undefined;
            const source = parsedLibraries.get(key) ?? getSourceFile(file, language, ...more);
            if (key) {
                parsedLibraries.set(key, source);
            }
            return source;
        };
        return host;
    }

    function createProgram(names, options, host, ...rest) {
        const isListOfNames = Array.isArray(names); // else it is one object with all that a program is made from
        return ts.createProgram(names, options, isListOfNames ? (host ?? createCompilerHost(options)) : host, ...rest);
    }

    return { createLanguageService, createDocumentRegistry, createCompilerHost, createProgram };
}

// Its own default is the folder in which it was loaded.
const preparedEsbuild = (esbuild) => ({ build: (options) => esbuild.build({ absWorkingDir: process.cwd(), ...options }) });

function prepareModule(requireAsTool, name, prepared) {
    const file = requireAsTool.resolve(name);
    const isPrepared = file in require.cache;
    const exported = requireAsTool(name);
    if (!isPrepared) {
        // What they export is read-only, so tools are given a copy.
        require.cache[file].exports = { ...exported, ...prepared(exported) };
    }
}

/** Prepare the modules that a file imports; gives what is to be called before each run. */
exports.prepare = (importer) => {
    const requireAsTool = createRequire(importer);
    // The one of 0.58 has a TypeScript of its own.
    const requireAsGenerator = createRequire(requireAsTool.resolve('ts-json-schema-generator'));
    prepareModule(requireAsTool, 'typescript', preparedTypescript);
    prepareModule(requireAsGenerator, 'typescript', preparedTypescript);
    prepareModule(requireAsTool, 'esbuild', preparedEsbuild);
    return { beforeRun: forgetPrograms };
};

// typescript-eslint keeps programs by the path of their tsconfig.json.
function forgetPrograms() {
    const parsers = Object.keys(require.cache).filter((file) => /@typescript-eslint.parser.dist.index\.js$/.test(file));
    parsers.forEach((file) => require.cache[file].exports.clearCaches());
}
