import type { NangoSync, ProxyConfiguration } from '../../models';
import type { SalesforceAccountResponse, SalesforceAccountsBody } from '../types';
import { toAccount } from '../mappers/to-account.js';

/**
 * Fetches all accounts from Salesforce.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
        endpoint: '/services/data/v60.0/query',
        params: {
            q: 'SELECT Id, Name, Industry, Owner.Id, Owner.Name, CreatedDate, LastModifiedDate FROM Account'
        },
        paginate: {
            type: 'link',
            link_path_in_response_body: 'nextRecordsUrl',
            response_path: 'records'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let pages = 0;
    for await (const page of nango.paginate<SalesforceAccountResponse>(proxyConfig)) {
        requireList(nango, page, 'records');
        pages += 1;
        await nango.batchSave(page.map(toAccount), 'Account');
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<SalesforceAccountsBody>(proxyConfig);
        requireList(nango, response.data?.records, 'records');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
