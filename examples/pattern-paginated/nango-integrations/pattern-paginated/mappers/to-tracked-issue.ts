import type { TrackedIssue } from '../../models';
import type { PatternPaginatedTrackedIssueResponse } from '../types';

/**
 * Turns what the API sends into a TrackedIssue.
 */
export function toTrackedIssue(response: PatternPaginatedTrackedIssueResponse): TrackedIssue {
    return {
        id: response.id,
        iid: response.iid,
        title: response.title,
        state: response.state,
        updated_at: response.updated_at
    };
}
