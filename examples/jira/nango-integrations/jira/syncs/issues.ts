import type { NangoSync, ProxyConfiguration } from '../../models';
import type { JiraIssueResponse, JiraIssuesBody } from '../types';
import { toJiraIssue } from '../mappers/to-jira-issue.js';
import { lookUpCloudId } from '../helpers/look-up-cloud-id.js';

/**
 * Fetches all issues from Jira.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // Looked up first, one after the other: the requests below need it.
    const cloudId = await lookUpCloudId(nango);

    // A page that names the next one is followed by it.
    let hasMore = true;
    const onPage = ({ nextPageParam }: { nextPageParam?: string | number | undefined }): Promise<void> => {
        hasMore = nextPageParam !== undefined;
        return Promise.resolve();
    };
    const proxyConfig: ProxyConfiguration = {
        // https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-get
        endpoint: `/ex/jira/${cloudId}/rest/api/3/search/jql`,
        params: {
            jql: `${nango.lastSyncDate != null ? `updated >= "${nango.lastSyncDate.toISOString().slice(0, 10)}" ` : ''}ORDER BY updated DESC`,
            fields: 'summary,status,assignee,labels,updated'
        },
        paginate: {
            type: 'cursor',
            limit_name_in_request: 'maxResults',
            cursor_path_in_response: 'nextPageToken',
            cursor_name_in_request: 'nextPageToken',
            limit: 100,
            response_path: 'issues',
            on_page: onPage
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    for await (const page of nango.paginate<JiraIssueResponse>(proxyConfig)) {
        await nango.batchSave(page.map(toJiraIssue), 'JiraIssue');
    }
    if (hasMore) {
        // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
        const response = await nango.get<JiraIssuesBody>(proxyConfig);
        requireList(nango, response.data?.issues, 'issues');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
