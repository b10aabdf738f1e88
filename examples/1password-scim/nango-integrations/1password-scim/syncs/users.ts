import type { NangoSync, ProxyConfiguration } from '../../models';
import type { OnePasswordScimScimUserResponse, OnePasswordScimUsersBody } from '../types';
import { toScimUser } from '../mappers/to-scim-user.js';

/**
 * Fetches all users from 1Password SCIM bridge.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // A page that is not full is the last one.
    let hasMore = true;
    const proxyConfig: ProxyConfiguration = {
        // https://datatracker.ietf.org/doc/html/rfc7644#section-3.4.2
        endpoint: '/Users',
        // nango.paginate notes here which page it asks for.
        params: {},
        paginate: {
            type: 'offset',
            offset_name_in_request: 'startIndex',
            offset_start_value: 1,
            offset_calculation_method: 'by-response-size',
            limit_name_in_request: 'count',
            limit: 100,
            response_path: 'Resources'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    for await (const page of nango.paginate<OnePasswordScimScimUserResponse>(proxyConfig)) {
        hasMore = page.length >= 100;
        await nango.batchSave(page.map(toScimUser), 'ScimUser');
    }
    if (hasMore) {
        // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
        const response = await nango.get<OnePasswordScimUsersBody>(proxyConfig);
        requireList(nango, response.data?.Resources, 'Resources');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
