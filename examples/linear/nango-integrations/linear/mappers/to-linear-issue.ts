import type { LinearIssue } from '../../models';
import type { LinearIssueResponse } from '../types';

/**
 * Turns what the API sends into a LinearIssue.
 */
export function toLinearIssue(response: LinearIssueResponse): LinearIssue {
    return {
        id: response.id,
        identifier: response.identifier,
        title: response.title,
        state: response.state.name,
        ...(response.assignee?.name != null && { assignee: response.assignee.name }),
        labels: response.labels.nodes.map((label) => label.name),
        updated_at: response.updatedAt
    };
}
