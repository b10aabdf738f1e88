import type { NangoAction, ProxyConfiguration, SuccessResponse, DeleteContact } from '../../models';
import type { HubspotDeleteContactBody } from '../types';
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

    await nango.delete<HubspotDeleteContactBody>(proxyConfig).catch((error: unknown) => {
        // What the API refuses reaches the caller as a message it can act on.
        throw new nango.ActionError({ message: `The contact could not be deleted: ${String(error)}` });
    });

    return { success: true };
}
