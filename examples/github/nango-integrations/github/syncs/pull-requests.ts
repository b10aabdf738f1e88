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
    for await (const page of nango.paginate<GithubPullRequestResponse>(proxyConfig)) {
        // Pages come newest first: behind the first record older than the last run nothing has changed.
        const changed = page.filter((record) => !since || new Date(record.updated_at) >= since);
        await nango.batchSave(changed.map(toPullRequest), 'PullRequest');
        if (changed.length < page.length) {
            break;
        }
    }
}
