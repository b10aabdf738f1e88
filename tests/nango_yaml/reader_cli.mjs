// Reads folders, one a line, each holding a nango.yaml. Answers each with what Nango's own parser makes of it, as JSON.
import { createInterface } from 'node:readline';

const { loadNangoYaml } = await import(process.argv[2]);

createInterface({ input: process.stdin }).on('line', (folder) => {
    let answer;
    try {
        const parser = loadNangoYaml({ fullPath: folder });
        const ok = parser.parse();
        answer = { ok, errors: parser.errors, integrations: ok ? parser.parsed.integrations : [], models: ok ? [...parser.parsed.models.keys()] : [] };
    } catch (error) {
        answer = { ok: false, errors: [String(error)], integrations: [], models: [] };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
});
