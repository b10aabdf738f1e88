import type { NangoAction, ProxyConfiguration, Contact, GetContact } from '../../models';
import type { HubspotContactResponse } from '../types';
import { toContact } from '../mappers/to-contact.js';
import { getContactSchema } from '../../schema.zod.js';

/**
 * Gets a contact in HubSpot.
 */
export default async function runAction(nango: NangoAction, input: GetContact): Promise<Contact> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: getContactSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/contacts
        endpoint: `/crm/v3/objects/contacts/${input.id}`,
        params: {
            properties: 'email,firstname,lastname,lifecyclestage'
        },
        retries: 3
    };

    const response = await nango.get<HubspotContactResponse>(proxyConfig);

    return toContact(response.data);
}
