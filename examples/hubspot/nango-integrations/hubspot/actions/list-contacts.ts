import type { NangoAction, ProxyConfiguration, ListContactsResponse, ListContactsInput } from '../../models';
import type { HubspotListContactsBody } from '../types';
import { toContact } from '../mappers/to-contact.js';
import { listContactsInputSchema } from '../../schema.zod.js';

/**
 * Lists contacts in HubSpot, one page at a time.
 */
export default async function runAction(nango: NangoAction, input: ListContactsInput): Promise<ListContactsResponse> {
    // No field is required, and an input without fields may arrive as nothing at all.
    const parsed = await nango.zodValidateInput({ zodSchema: listContactsInputSchema, input: input ?? {} });

    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/contacts
        endpoint: '/crm/v3/objects/contacts',
        params: {
            properties: 'email,firstname,lastname,lifecyclestage',
            ...(parsed.data.limit ? { limit: parsed.data.limit } : {}),
            ...(parsed.data.cursor ? { after: parsed.data.cursor } : {})
        },
        retries: 3
    };

    const response = await nango.get<HubspotListContactsBody>(proxyConfig);

    const records = response.data?.results;
    if (!Array.isArray(records)) {
        throw new nango.ActionError({ message: 'The response has no list at results' });
    }

    // The caller hands this back to get the next page; without it there is none.
    const nextCursor = response.data.paging?.next?.after;
    return {
        contacts: records.map(toContact),
        ...(nextCursor ? { next_cursor: String(nextCursor) } : {})
    };
}
