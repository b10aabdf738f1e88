import type { NangoSync, ProxyConfiguration } from '../../models';
import type { SalesforceChangesOpportunityResponse, SalesforceChangesOpportunitiesBody } from '../types';
import { toOpportunity } from '../mappers/to-opportunity.js';

/**
 * Fetches all opportunities from Salesforce.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryall.htm
        endpoint: '/services/data/v60.0/queryAll',
        params: {
            q: `SELECT Id, Name, StageName, Amount, IsClosed, IsDeleted, Owner.Name, CloseDate FROM Opportunity ${nango.lastSyncDate != null ? `WHERE SystemModstamp >= ${nango.lastSyncDate.toISOString()}` : ''}`
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
    for await (const page of nango.paginate<SalesforceChangesOpportunityResponse>(proxyConfig)) {
        requireList(nango, page, 'records');
        pages += 1;
        // What the API marks as deleted is deleted here, too.
        const kept = page.filter((record) => !isDeleted(record));
        const deleted = page.filter((record) => isDeleted(record));
        await nango.batchSave(kept.map(toOpportunity), 'Opportunity');
        await nango.batchDelete(
            deleted.map((record) => ({ id: record.Id })),
            'Opportunity'
        );
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<SalesforceChangesOpportunitiesBody>(proxyConfig);
        requireList(nango, response.data?.records, 'records');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}

/** Whether the API says of a record that it is gone. */
function isDeleted(response: SalesforceChangesOpportunityResponse): boolean {
    return Boolean(response.IsDeleted);
}
