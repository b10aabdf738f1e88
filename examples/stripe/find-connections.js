// Lists the connections of an integration that a dry run can use.
//
//     node find-connections.js <integration> [environment]
//
// The secret key comes from the environment or a .env file: NANGO_SECRET_KEY_<ENVIRONMENT> before NANGO_SECRET_KEY.
// It is sent to the NANGO_HOSTPORT of the same place, or to Nango's cloud; where another place names a host, nothing is sent.

const PREFIX = 'NANGO_SECRET_KEY';
const FILES = ['nango-integrations/.env', '.env'];

/** The places that variables are set in, each by itself. */
function places(dotenv) {
    const files = FILES.map((file) => [file, dotenv.config({ path: file, processEnv: {} }).parsed ?? {}]);
    return [['the environment', process.env], ...files].map(([name, variables]) => ({ name, variables, host: variables.NANGO_HOSTPORT }));
}

/** Every secret key of a place, those of one environment first. */
function secretKeys(variables, environment) {
    return Object.entries(variables)
        .filter(([name, value]) => name.startsWith(PREFIX) && value)
        .filter(([name]) => !environment || name === PREFIX || name === `${PREFIX}_${environment.toUpperCase()}`)
        .sort(([a], [b]) => Number(a === PREFIX) - Number(b === PREFIX) || a.localeCompare(b));
}

/** Whether a connection's credentials work: no error of it is about authentication. */
function isUsable(connection) {
    return !(connection.errors ?? []).some((error) => error.type === 'auth');
}

function describe(connection) {
    const others = connection.errors?.length ?? 0;
    const lines = [`- ${connection.connection_id}`, `    provider: ${connection.provider}`, `    created:  ${connection.created}`];
    return [...lines, ...(others > 0 ? [`    errors:   ${others}, none of them about authentication`] : [])].join('\n');
}

async function main([integration, environment]) {
    const dotenv = await import('dotenv');
    if (!integration) {
        throw new Error('Say which integration: node find-connections.js <integration> [environment]');
    }
    const all = places(dotenv);
    const place = all.find(({ variables }) => secretKeys(variables, environment).length > 0);
    if (!place) {
        throw new Error(`No ${PREFIX} is set. Copy .env.example to nango-integrations/.env and fill it in.`);
    }
    const [[name, secretKey]] = secretKeys(place.variables, environment);
    const { host } = place;
    const other = all.find((each) => each.host);
    if (!host && other) {
        throw new Error(`${name} is set in ${place.name}, NANGO_HOSTPORT in ${other.name}: set both in one place`);
    }
    console.log(`Using ${name}`);

    const { Nango } = await import('@nangohq/node');
    const nango = new Nango({ secretKey, ...(host ? { host } : {}) });
    const { connections } = await nango.listConnections();
    const usable = connections.filter((connection) => connection.provider_config_key === integration && isUsable(connection));
    console.log(`${usable.length} usable connection(s) of ${integration}`);
    console.log(usable.map(describe).join('\n'));
}

main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
