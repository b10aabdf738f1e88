import type { NangoSync, ProxyConfiguration, DynamicFieldMetadata, Configuration } from '../../models';
import type { PatternConfigurationOutputDataResponse, PatternConfigurationConfigurationBasedSyncBody } from '../types';
import { toOutputData } from '../mappers/to-output-data.js';
import { dynamicFieldMetadataSchema } from '../../schema.zod.js';

// The version of the API that all models are asked for in.
const API_VERSION = 'v60.0';

/**
 * Fetch all fields of a dynamic model
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const metadata = await nango.getMetadata<DynamicFieldMetadata>();
    await nango.zodValidateInput({ zodSchema: dynamicFieldMetadataSchema, input: metadata });

    for (const configuration of metadata.configurations) {
        const saved = await saveConfigured(nango, configuration);
        await nango.log(`${saved} records of ${configuration.model}`);
    }
}

/** Fetches the configured fields of one of the provider's models, and saves the records page by page. */
async function saveConfigured(nango: NangoSync, configuration: Configuration): Promise<number> {
    const fields = configuration.fields.map((field) => field.name).join(',');
    const proxyConfig: ProxyConfiguration = {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
        endpoint: `/services/data/${API_VERSION}/query`,
        params: {
            q: `SELECT Id,${fields} FROM ${configuration.model}`
        },
        paginate: {
            type: 'link',
            link_path_in_response_body: 'nextRecordsUrl',
            response_path: 'records'
        },
        retries: 10
    };

    let saved = 0;
    for await (const page of nango.paginate<PatternConfigurationOutputDataResponse>(proxyConfig)) {
        requireList(nango, page, 'records');
        await nango.batchSave(
            page.map((record) => toOutputData(record, configuration)),
            'OutputData'
        );
        saved += page.length;
    }
    if (saved === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<PatternConfigurationConfigurationBasedSyncBody>(proxyConfig);
        requireList(nango, response.data?.records, 'records');
    }
    return saved;
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
