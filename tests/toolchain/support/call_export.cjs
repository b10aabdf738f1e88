// Calls one exported function of a compiled script with a recorder in place of nango, and prints what it recorded.
// Arguments: the script, the function's name, its second argument as JSON. The build is CommonJS in a `.js` file, which
// node would take for a module in our projects, so it is run the way Nango's runner runs it: as the body of a function.
const { readFileSync } = require('node:fs');

const [script, name, payload] = process.argv.slice(2);

const built = { exports: {} };
new Function('module', 'exports', 'require', readFileSync(script, 'utf8'))(built, built.exports, require);

const calls = [];
const nango = new Proxy({}, { get: (_, method) => async (...given) => void calls.push([method, ...given]) });

built.exports[name](nango, JSON.parse(payload)).then(() => console.log(JSON.stringify(calls)));
