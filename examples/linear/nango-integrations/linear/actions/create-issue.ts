import type { NangoAction, ProxyConfiguration, CreatedLinearIssue, CreateLinearIssue } from '../../models';
import type { LinearCreateIssueBody } from '../types';
import { toCreatedLinearIssue } from '../mappers/to-created-linear-issue.js';
import { createLinearIssueSchema } from '../../schema.zod.js';

const CREATE_ISSUE_MUTATION = `mutation CreateIssue($input: IssueCreateInput!) {
    issueCreate(input: $input) {
        success
        issue { id identifier url }
    }
}`;

/**
 * Creates an issue in Linear.
 */
export default async function runAction(nango: NangoAction, input: CreateLinearIssue): Promise<CreatedLinearIssue> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createLinearIssueSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://linear.app/developers/graphql#creating-and-editing-issues
        endpoint: '/graphql',
        data: {
            query: CREATE_ISSUE_MUTATION,
            variables: {
                input: {
                    ...input
                }
            }
        },
        retries: 3
    };

    const response = await nango.post<LinearCreateIssueBody>(proxyConfig);
    refuseErrors(nango, response.data);

    return toCreatedLinearIssue(response.data.data.issueCreate.issue);
}

/** Ends the run where the answer to a query holds errors, which GraphQL sends with the status of a success. */
function refuseErrors(nango: NangoAction, body: unknown): void {
    const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
    if (Array.isArray(errors) && errors.length > 0) {
        throw new nango.ActionError({ message: 'The API answered the query with errors', errors });
    }
}
