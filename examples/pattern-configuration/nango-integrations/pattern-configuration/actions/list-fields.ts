import type { NangoAction, ProxyConfiguration, ListFieldsResponse, ListFieldsInput } from '../../models';
import type { PatternConfigurationListFieldsBody } from '../types';
import { toField } from '../mappers/to-field.js';
import { listFieldsInputSchema } from '../../schema.zod.js';

/**
 * Lists the fields of a model, to choose from in the metadata.
 */
export default async function runAction(nango: NangoAction, input: ListFieldsInput): Promise<ListFieldsResponse> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: listFieldsInputSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
        endpoint: `/services/data/v60.0/sobjects/${input.name}/describe`,
        retries: 3
    };

    const response = await nango.get<PatternConfigurationListFieldsBody>(proxyConfig);

    const records = response.data?.fields;
    if (!Array.isArray(records)) {
        throw new nango.ActionError({ message: 'The response has no list at fields' });
    }

    return { fields: records.map(toField) };
}
