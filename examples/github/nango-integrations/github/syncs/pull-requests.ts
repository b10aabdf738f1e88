import type { NangoSync, ProxyConfiguration, GithubMetadata } from '../../models';
import type { GithubPullRequestResponse } from '../types';
import { toPullRequest } from '../mappers/to-pull-request.js';
import { githubMetadataSchema } from '../../schema.zod.js';

/**
 * Get all pull requests from a Github repository.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // What this connection is set to sync, checked before anything is asked.
    const metadata = await nango.getMetadata<GithubMetadata>();
    await nango.zodValidateInput({ zodSchema: githubMetadataSchema, input: metadata });

    const proxyConfig: ProxyConfiguration = {
        // https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
        endpoint: `/repos/${metadata.owner}/${metadata.repo}/pulls`,
        params: {
            state: 'all',
            sort: 'updated',
            direction: 'desc'
        },
        retries: 10
    };

    const since = nango.lastSyncDate;
    let pages = 0;
    for await (const page of nango.paginate<GithubPullRequestResponse>(proxyConfig)) {
        requireList(nango, page, 'the top level');
        pages += 1;
        // Pages come newest first: behind the first record older than the last run nothing has changed.
        const changed = page.filter((record) => !since || new Date(record.updated_at) >= since);
        await nango.batchSave(changed.map(toPullRequest), 'PullRequest');
        if (changed.length < page.length) {
            break;
        }
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<GithubPullRequestResponse[]>(proxyConfig);
        requireList(nango, response.data, 'the top level');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
