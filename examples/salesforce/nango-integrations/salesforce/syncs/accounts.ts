import type { NangoSync, ProxyConfiguration } from '../../models';
import type { SalesforceAccountResponse } from '../types';
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
    for await (const page of nango.paginate<SalesforceAccountResponse>(proxyConfig)) {
        await nango.batchSave(page.map(toAccount), 'Account');
    }
}
