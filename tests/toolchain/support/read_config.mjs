// Prints, as one line of JSON, the integrations that the CLI given as the first argument reads from the
// nango.yaml of the working folder. For versions that do not write their reading to disk.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const cli = process.argv[2];
const { parse } = await import(pathToFileURL(path.join(cli, 'services/config.service.js')).href);
const parsing = parse(process.cwd());
if (parsing.isErr()) {
    console.error(parsing.error.message);
    process.exit(1);
}
const config = parsing.value.parsed ?? parsing.value;
console.log(JSON.stringify(config.integrations));
