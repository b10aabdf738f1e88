import type { NangoAction, ProxyConfiguration, SavedRecord, CreateAccount } from '../../models';
import type { SalesforceSavedRecordResponse } from '../types';
import { toSavedRecord } from '../mappers/to-saved-record.js';
import { createAccountSchema } from '../../schema.zod.js';

/**
 * Creates an account in Salesforce.
 */
export default async function runAction(nango: NangoAction, input: CreateAccount): Promise<SavedRecord> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createAccountSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm
        endpoint: '/services/data/v60.0/sobjects/Account',
        data: {
            Name: input.Name,
            Industry: input.Industry,
            Website: input.Website
        },
        retries: 3
    };

    const response = await nango.post<SalesforceSavedRecordResponse>(proxyConfig);

    return toSavedRecord(response.data);
}
