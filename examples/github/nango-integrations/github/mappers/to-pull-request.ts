import type { PullRequest } from '../../models';
import type { GithubPullRequestResponse } from '../types';

/**
 * Turns what the API sends into a PullRequest.
 */
export function toPullRequest(response: GithubPullRequestResponse): PullRequest {
    return {
        id: response.id,
        number: response.number,
        title: response.title,
        state: response.state,
        ...(response.body != null && { body: response.body }),
        created_at: response.created_at,
        updated_at: response.updated_at,
        ...(response.closed_at != null && { closed_at: response.closed_at }),
        ...(response.merged_at != null && { merged_at: response.merged_at }),
        head: {
            ref: response.head.ref,
            sha: response.head.sha
        },
        base: {
            ref: response.base.ref,
            sha: response.base.sha
        }
    };
}
