import type { NangoSync, ProxyConfiguration } from '../../models';
import type { PatternFromSyncEmployeeResponse, PatternFromSyncEmployeesBody } from '../types';
import { toEmployee } from '../mappers/to-employee.js';

/**
 * Fetches every employee with its name and address.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // A page that names the next one is followed by it.
    let hasMore = true;
    const onPage = ({ nextPageParam }: { nextPageParam?: string | number | undefined }): Promise<void> => {
        hasMore = nextPageParam !== undefined;
        return Promise.resolve();
    };
    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/users
        endpoint: '/crm/v3/objects/users',
        params: {
            properties: 'hs_email,hs_given_name,hs_family_name'
        },
        paginate: {
            on_page: onPage
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    for await (const page of nango.paginate<PatternFromSyncEmployeeResponse>(proxyConfig)) {
        await nango.batchSave(page.map(toEmployee), 'Employee');
    }
    if (hasMore) {
        // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
        const response = await nango.get<PatternFromSyncEmployeesBody>(proxyConfig);
        requireList(nango, response.data?.results, 'results');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
