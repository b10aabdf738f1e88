// Lists the connections of an integration that a dry run can use.
//
//     node find-connections.js <integration> [environment]
//
// The secret key comes from the environment or a .env file: NANGO_SECRET_KEY_<ENVIRONMENT> before NANGO_SECRET_KEY.

const PREFIX = 'NANGO_SECRET_KEY';

/** Every secret key that is set, those of one environment first. */
function secretKeys(environment) {
    return Object.entries(process.env)
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
    const { config } = await import('dotenv');
    config({ path: ['nango-integrations/.env', '.env'] });
    if (!integration) {
        throw new Error('Say which integration: node find-connections.js <integration> [environment]');
    }
    const [found] = secretKeys(environment);
    if (!found) {
        throw new Error(`No ${PREFIX} is set. Copy .env.example to nango-integrations/.env and fill it in.`);
    }
    const [name, secretKey] = found;
    console.log(`Using ${name}`);

    const { Nango } = await import('@nangohq/node');
    const host = process.env.NANGO_HOSTPORT;
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
