// Reads JSON strings, one a line: each the text of a YAML file. Answers each with what js-yaml makes of it, as JSON.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const yaml = createRequire(import.meta.url)(process.argv[2]);

function plain(value) {
    if (value instanceof Date) return { '!date': value.toISOString() };
    if (value instanceof Uint8Array) return { '!binary': value.length };
    if (typeof value === 'number' && !Number.isFinite(value)) return { '!number': String(value) };
    if (Array.isArray(value)) return value.map(plain);
    if (value === undefined) return null;
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
    return value;
}

createInterface({ input: process.stdin }).on('line', (line) => {
    let answer;
    try {
        answer = { data: plain(yaml.load(JSON.parse(line))) };
    } catch (error) {
        answer = { error: String(error.message) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
});
