/**
 * TrackedIssue as the API sends it.
 */
export interface PatternPaginatedTrackedIssueResponse {
    id: number;
    iid: number;
    title: string;
    state: 'opened' | 'closed';
    updated_at: string;
}

/**
 * IssueNote as the API sends it.
 */
export interface PatternPaginatedIssueNoteResponse {
    id: number;
    body: string;
    author: {
        username: string | null;
    } | null;
}

/**
 * IssueLabel as the API sends it.
 */
export interface PatternPaginatedIssueLabelResponse {
    id: number;
    name: string;
    color: string;
}

/**
 * Milestone as the API sends it.
 */
export interface PatternPaginatedMilestoneResponse {
    id: number;
    title: string;
    due_date: string | null;
}
