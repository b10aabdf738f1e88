// Runs command-line tools of Node in one process, one after the other. A run is the tool's own main file, given arguments, a
// folder and an environment. It ends when nothing is left to do, as a process does; a tool that ends its process ends this one.
//
// Each line of the input is one run as JSON, each line of the output its exit code, stdout and stderr, and whether the process
// ends with it. The arguments are a module that prepares what tools import, and the file that imports as they do. The module's
// `beforeRun` is called in the folder of each run.
const fs = require('node:fs');
const { Readable } = require('node:stream');
const { pathToFileURL } = require('node:url');

const EVENTS = ['uncaughtException', 'unhandledRejection', 'exit', 'SIGINT', 'SIGTERM'];

const { beforeRun } = require(process.argv[2]).prepare(fs.realpathSync(process.argv[3]));
const exit = process.exit.bind(process);
let streams;
let runs = 0;

function nextRequest() {
    const block = Buffer.alloc(65536);
    let text = '';
    while (!text.endsWith('\n')) {
        const count = fs.readSync(0, block);
        if (count === 0) {
            exit(0);
        }
        text += block.toString('utf8', 0, count);
    }
    return JSON.parse(text);
}

/** Writes all of it at once: a stream would keep what the pipe does not take, and never go on while a request is waited for. */
function print(text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray(fs.writeSync(1, rest));
        } catch (error) {
            if (error.code !== 'EAGAIN') {
                throw error;
            }
        }
    }
}

function finishRun(exitCode, ends = false) {
    if (streams) {
        print(`${JSON.stringify({ exit_code: Number(exitCode ?? 0), ends, ...streams })}\n`);
        streams = undefined;
    }
}

function endProcess(exitCode) {
    finishRun(exitCode, true);
    exit(0);
}

function onUncaughtException(error) {
    // A tool with a listener of its own decides itself what an error comes to.
    if (process.listenerCount('uncaughtException') === 1) {
        streams.stderr += `${error?.stack ?? error}\n`;
        endProcess(1);
    }
}

function capture(name) {
    process[name].write = (data, encoding, done = encoding) => {
        streams[name] += typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
        if (typeof done === 'function') {
            process.nextTick(done);
        }
        return true;
    };
}

function start({ main, arguments: words, cwd, environment }) {
    streams = { stdout: '', stderr: '' };
    process.chdir(cwd);
    Object.keys(process.env).forEach((name) => delete process.env[name]);
    Object.assign(process.env, environment);
    process.argv = [process.execPath, main, ...words];
    process.exitCode = undefined;
    EVENTS.forEach((event) => process.removeAllListeners(event));
    process.on('uncaughtException', onUncaughtException);
    capture('stdout');
    capture('stderr');
    beforeRun();
    delete require.cache[main];
    runs += 1;
    import(`${pathToFileURL(main).href}?run=${runs}`);
}

Object.defineProperty(process, 'stdin', { value: Readable.from([]) });
process.exit = (code) => endProcess(code ?? process.exitCode);
process.on('beforeExit', () => {
    finishRun(process.exitCode);
    start(nextRequest());
});
