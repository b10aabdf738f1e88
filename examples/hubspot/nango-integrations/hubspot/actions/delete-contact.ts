import type { NangoAction, ProxyConfiguration, SuccessResponse, DeleteContact } from '../../models';
import { deleteContactSchema } from '../../schema.zod.js';

/**
 * Deletes a contact in HubSpot.
 */
export default async function runAction(nango: NangoAction, input: DeleteContact): Promise<SuccessResponse> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: deleteContactSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/contacts
        endpoint: `/crm/v3/objects/contacts/${input.id}`,
        retries: 3
    };

    await nango.delete(proxyConfig);
    return { success: true };
}
