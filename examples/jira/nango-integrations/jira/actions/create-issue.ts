import type { NangoAction, ProxyConfiguration, CreatedJiraIssue, CreateJiraIssue } from '../../models';
import type { JiraCreatedJiraIssueResponse } from '../types';
import { toCreatedJiraIssue } from '../mappers/to-created-jira-issue.js';
import { lookUpCloudId } from '../helpers/look-up-cloud-id.js';
import { createJiraIssueSchema } from '../../schema.zod.js';

/**
 * Creates an issue in Jira.
 */
export default async function runAction(nango: NangoAction, input: CreateJiraIssue): Promise<CreatedJiraIssue> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createJiraIssueSchema, input });

    // Looked up first, one after the other: the requests below need it.
    const cloudId = await lookUpCloudId(nango);

    const proxyConfig: ProxyConfiguration = {
        // https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-post
        endpoint: `/ex/jira/${cloudId}/rest/api/2/issue`,
        data: {
            fields: {
                project: {
                    key: input.project
                },
                issuetype: {
                    name: input.kind
                },
                summary: input.summary,
                description: input.description,
                ...(input.due != null && { duedate: readDate(nango, 'due', input.due).toISOString().slice(0, 10) })
            }
        },
        retries: 3
    };

    const response = await nango.post<JiraCreatedJiraIssueResponse>(proxyConfig);

    return toCreatedJiraIssue(response.data);
}

/** Reads a date of the input in whatever form it came, or says which field holds none. */
function readDate(nango: NangoAction, field: string, value: string | number): Date {
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) {
        throw new nango.ActionError({ message: `${field} is no date: ${value}` });
    }
    return date;
}
