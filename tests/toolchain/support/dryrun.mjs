// Dry runs by the service behind `nango dryrun`, one after the other: starting the CLI takes more than a second, a
// run a few milliseconds. The `dist` folder of the CLI is the first argument. Each line of the input is one run as
// JSON: its environment and the service's own options. Each line of the output is what it came to: exit code and
// both streams.
//
// What `nango compile` has just done is not done again: 0.69 compiles before it starts the service, so nothing is to be
// left out there; the service of 0.58 compiles its script in each run, which takes ten times as long as the run itself.
import { register } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const COMPILED = 'data:text/javascript,export const compileAllFiles = async () => ({ success: true });';
const HOOK = `export const resolve = (name, context, next) =>
    name === './compile.service.js' ? { url: ${JSON.stringify(COMPILED)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(HOOK)}`);

const { DryRunService } = await import(pathToFileURL(path.join(process.argv[2], 'services/dryrun.service.js')).href);
const answer = process.stdout.write.bind(process.stdout);
const defaults = { autoConfirm: true, interactive: false, dependencyUpdate: false };

class Exit extends Error {
    constructor(code) {
        super(`exit code ${code}`);
        this.code = code;
    }
}

async function run({ environment, options }) {
    const { validation, ...rest } = options;
    const said = { stdout: '', stderr: '' };
    process.stdout.write = (text) => Boolean((said.stdout += text));
    process.stderr.write = (text) => Boolean((said.stderr += text));
    let exitCode = 0;
    // The service ends the process itself, and takes what that raises for a failure: the first call counts.
    let ended = false;
    process.exit = (code = 0) => {
        exitCode = ended ? exitCode : code;
        ended = true;
        throw new Exit(code);
    };
    delete process.env.NANGO_SECRET_KEY; // as the last run chose it
    Object.assign(process.env, environment);
    try {
        await new DryRunService({ fullPath: process.cwd(), validation, isZeroYaml: false }).run({ ...defaults, ...rest }, false);
    } catch (error) {
        if (!ended) {
            exitCode = 1;
            said.stderr += String(error?.stack ?? error);
        }
    }
    return { exit_code: exitCode, ...said };
}

for await (const line of createInterface({ input: process.stdin })) {
    answer(JSON.stringify(await run(JSON.parse(line))) + '\n');
}
