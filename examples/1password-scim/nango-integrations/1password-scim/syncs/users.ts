import type { NangoSync, ProxyConfiguration } from '../../models';
import type { OnePasswordScimScimUserResponse } from '../types';
import { toScimUser } from '../mappers/to-scim-user.js';

/**
 * Fetches all users from 1Password SCIM bridge.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://datatracker.ietf.org/doc/html/rfc7644#section-3.4.2
        endpoint: '/Users',
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
        await nango.batchSave(page.map(toScimUser), 'ScimUser');
    }
}
