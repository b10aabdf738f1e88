import type { JiraIssue } from '../../models';
import type { JiraIssueResponse } from '../types';

/**
 * Turns what the API sends into a JiraIssue.
 */
export function toJiraIssue(response: JiraIssueResponse): JiraIssue {
    return {
        id: response.id,
        key: response.key,
        summary: response.fields.summary,
        status: response.fields.status.name,
        is_done: response.fields.status.statusCategory?.key === 'done',
        ...(response.fields.assignee?.displayName != null && { assignee: response.fields.assignee.displayName }),
        labels: response.fields.labels,
        updated_at: new Date(response.fields.updated)
    };
}
