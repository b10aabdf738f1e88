import type { CreatedJiraIssue } from '../../models';
import type { JiraCreatedJiraIssueResponse } from '../types';

/**
 * Turns what the API sends into a CreatedJiraIssue.
 */
export function toCreatedJiraIssue(response: JiraCreatedJiraIssueResponse): CreatedJiraIssue {
    return {
        id: response.id,
        key: response.key
    };
}
