import type { NangoSync, ProxyConfiguration } from '../../models';
import type { PatternFromSyncEmployeeResponse } from '../types';
import { toEmployee } from '../mappers/to-employee.js';

/**
 * Fetches every employee with its name and address.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/users
        endpoint: '/crm/v3/objects/users',
        params: {
            properties: 'hs_email,hs_given_name,hs_family_name'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    for await (const page of nango.paginate<PatternFromSyncEmployeeResponse>(proxyConfig)) {
        await nango.batchSave(page.map(toEmployee), 'Employee');
    }
}
