import type { NangoSync, ProxyConfiguration } from '../../models';
import type { LinearIssuesBody } from '../types';
import { toLinearIssue } from '../mappers/to-linear-issue.js';

const ISSUES_QUERY = `query Issues($after: String, $filter: IssueFilter) {
    issues(first: 50, after: $after, filter: $filter) {
        nodes {
            id
            identifier
            title
            state { name }
            assignee { name }
            labels { nodes { name } }
            updatedAt
        }
        pageInfo { hasNextPage endCursor }
    }
}`;

/**
 * Fetches all issues from Linear.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let cursor: string | number | null | undefined;
    const seen = new Set<string>();
    let hasMore = true;
    // pageInfo says whether there are more pages, which nango.paginate does not look at.
    while (hasMore) {
        requireNewPage(nango, seen, String(cursor ?? ''));

        const proxyConfig: ProxyConfiguration = {
            // https://linear.app/developers/filtering
            endpoint: '/graphql',
            data: {
                query: ISSUES_QUERY,
                variables: {
                    filter: {
                        updatedAt: {
                            ...(nango.lastSyncDate != null && { gt: nango.lastSyncDate.toISOString() })
                        }
                    },
                    ...(cursor ? { after: cursor } : {})
                }
            },
            retries: 10
        };

        const response = await nango.post<LinearIssuesBody>(proxyConfig);
        refuseErrors(nango, response.data);
        const page = response.data?.data?.issues?.nodes;
        requireList(nango, page, 'data.issues.nodes');
        await nango.batchSave(page.map(toLinearIssue), 'LinearIssue');

        cursor = response.data.data?.issues?.pageInfo?.endCursor;
        hasMore = page.length > 0 && Boolean(cursor) && Boolean(response.data.data?.issues?.pageInfo?.hasNextPage);
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}

/** Ends the run where the API leads back to a page that was there before: the list would have no end. */
function requireNewPage(nango: NangoSync, seen: Set<string>, page: string): void {
    if (seen.has(page)) {
        throw new nango.ActionError({ message: 'The API leads back to a page that was there before' });
    }
    seen.add(page);
}

/** Ends the run where the answer to a query holds errors, which GraphQL sends with the status of a success. */
function refuseErrors(nango: NangoSync, body: unknown): void {
    const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
    if (Array.isArray(errors) && errors.length > 0) {
        throw new nango.ActionError({ message: 'The API answered the query with errors', errors });
    }
}
