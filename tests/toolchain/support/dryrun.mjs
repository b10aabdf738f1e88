// Runs one script of a compiled nango.yaml project through the dry-run service of the CLI whose `dist` folder is
// the first argument. The second is the service's own options as JSON. What `nango dryrun` of 0.69 does before that,
// compiling every script and listing zero-yaml functions, is left out.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [cli, options] = process.argv.slice(2);
const { DryRunService } = await import(pathToFileURL(path.join(cli, 'services/dryrun.service.js')).href);
const { validation, ...run } = JSON.parse(options);
const service = new DryRunService({ fullPath: process.cwd(), validation, isZeroYaml: false });
await service.run({ autoConfirm: true, interactive: false, dependencyUpdate: false, ...run }, false);
