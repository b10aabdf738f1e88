import type { NangoAction, ProxyConfiguration, PullRequest, CreatePullRequest } from '../../models';
import type { GithubPullRequestResponse } from '../types';
import { toPullRequest } from '../mappers/to-pull-request.js';
import { createPullRequestSchema } from '../../schema.zod.js';

/**
 * Create a new pull request
 */
export default async function runAction(nango: NangoAction, input: CreatePullRequest): Promise<PullRequest> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createPullRequestSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request
        endpoint: `/repos/${input.owner}/${input.repo}/pulls`,
        data: {
            title: input.title,
            head: input.head,
            base: input.base,
            body: input.body
        },
        retries: 3
    };

    const response = await nango.post<GithubPullRequestResponse>(proxyConfig);

    return toPullRequest(response.data);
}
