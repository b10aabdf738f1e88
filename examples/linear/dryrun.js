// Dry-runs a sync or an action against a real connection; nothing is saved.
//
//     node dryrun.js <script> <connection> --integration-id <integration> [-e dev] [--input '{}'] [...]
//
// All words go to `npx nango dryrun`. From nango 0.60 on that command does not start in a project with a nango.yaml until
// an index.ts lists some built function: two small files that are never run stand there meanwhile, and go afterwards.
//
// The command reads the .env beside nango.yaml: the secret key goes only to the host that the same place names.

const FOLDER = 'nango-integrations';
const STAND_INS = {
    'index.ts': "import './zz-stand-in/on-events/none.js';\n",
    'build/zz-stand-in_on-events_none.cjs': "exports.default = { type: 'onEvent', event: 'post-connection-creation' };\n"
};

async function main(words) {
    const { spawnSync } = await import('node:child_process');
    const fs = await import('node:fs');
    const path = await import('node:path');

    const root = path.join(path.dirname(path.resolve(process.argv[1])), FOLDER);
    const cli = findCli(fs, path, root);
    if (!cli) {
        throw new Error('The nango CLI is not installed: install the packages of package.json');
    }
    const { parse } = await import('dotenv');
    const file = path.join(root, '.env');
    const credentials = fromOnePlace(process.env, fs.existsSync(file) ? parse(fs.readFileSync(file)) : {});
    const laid = needsStandIns(fs, path, cli, root) ? layStandIns(fs, path, root) : [];
    process.on('SIGINT', () => {}); // Ctrl-C ends the CLI, and the stand-ins still go
    try {
        const environment = { NANGO_CLI_UPGRADE_MODE: 'ignore', NANGO_CLI_DEPENDENCY_UPDATE: 'false', ...process.env, ...credentials };
        const command = [path.join(cli, 'dist', 'index.js'), 'dryrun', ...words];
        const done = spawnSync(process.execPath, command, { cwd: root, env: environment, stdio: 'inherit' });
        process.exitCode = done.status ?? 1;
    } finally {
        laid.forEach((file) => fs.rmSync(file, { recursive: true, force: true }));
    }
}

/** What keeps a secret key of one place from the host that another names: variables for the CLI, which reads the .env itself. */
function fromOnePlace(environment, file) {
    const keysOf = (place) => Object.keys(place).filter((name) => name.startsWith('NANGO_SECRET_KEY') && place[name]);
    const isOwn = keysOf(environment).length > 0;
    const [own, other] = isOwn ? [environment, file] : [file, environment];
    if (keysOf(own).length > 0 && !own.NANGO_HOSTPORT && other.NANGO_HOSTPORT) {
        const [key, host] = isOwn ? ['the environment', '.env'] : ['.env', 'the environment'];
        throw new Error(`The secret key is set in ${key} and NANGO_HOSTPORT in ${host}: set both in one place`);
    }
    if (!isOwn) {
        return file.NANGO_HOSTPORT ? { NANGO_HOSTPORT: file.NANGO_HOSTPORT } : {};
    }
    const foreign = environment.NANGO_HOSTPORT ? keysOf(file).filter((name) => !(name in environment)) : [];
    return Object.fromEntries(foreign.map((name) => [name, '']));
}

/** The folder of the CLI, looked for as Node does; undefined when there is none. */
function findCli(fs, path, folder) {
    const found = path.join(folder, 'node_modules', 'nango');
    const above = path.dirname(folder);
    return fs.existsSync(found) ? found : above === folder ? undefined : findCli(fs, path, above);
}

/** Whether this CLI builds its list of scripts from an index.ts, and the project, having a nango.yaml, has none of its own. */
function needsStandIns(fs, path, cli, root) {
    const index = path.join(root, 'index.ts');
    const hasOwnIndex = fs.existsSync(index) && fs.readFileSync(index, 'utf8') !== STAND_INS['index.ts'];
    return fs.existsSync(path.join(cli, 'dist', 'zeroYaml')) && fs.existsSync(path.join(root, 'nango.yaml')) && !hasOwnIndex;
}

/** Writes the stand-ins; gives what has to go afterwards: the files, and a folder that was made for one. */
function layStandIns(fs, path, root) {
    return Object.entries(STAND_INS).map(([name, text]) => {
        const file = path.join(root, name);
        const made = fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
        return made ?? file;
    });
}

main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
