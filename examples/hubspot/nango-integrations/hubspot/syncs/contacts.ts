import type { NangoSync, ProxyConfiguration, ContactMetadata } from '../../models';
import type { HubspotContactResponse, HubspotContactsBody } from '../types';
import { toContact } from '../mappers/to-contact.js';
import { contactMetadataSchema } from '../../schema.zod.js';

/**
 * Fetches every contact of the account with its name, address and lifecycle stage.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // What this connection is set to sync, checked before anything is asked.
    const metadata = await nango.getMetadata<ContactMetadata>();
    await nango.zodValidateInput({ zodSchema: contactMetadataSchema, input: metadata });

    // A page that names the next one is followed by it.
    let hasMore = true;
    const onPage = ({ nextPageParam }: { nextPageParam?: string | number | undefined }): Promise<void> => {
        hasMore = nextPageParam !== undefined;
        return Promise.resolve();
    };
    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/contacts
        endpoint: '/crm/v3/objects/contacts',
        params: {
            limit: 100,
            properties: 'email,firstname,lastname,lifecyclestage'
        },
        paginate: {
            on_page: onPage
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    for await (const page of nango.paginate<HubspotContactResponse>(proxyConfig)) {
        await nango.batchSave(page.map(toContact), 'Contact');
    }
    if (hasMore) {
        // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
        const response = await nango.get<HubspotContactsBody>(proxyConfig);
        requireList(nango, response.data?.results, 'results');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
