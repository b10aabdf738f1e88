/**
 * JiraIssue as the API sends it.
 */
export interface JiraIssueResponse {
    id: string;
    key: string;
    fields: {
        summary: string;
        status: {
            name: string;
            statusCategory: {
                key: string | null;
            } | null;
        };
        assignee: {
            displayName: string | null;
        } | null;
        labels: string[];
        updated: string;
    };
}

/**
 * CreatedJiraIssue as the API sends it.
 */
export interface JiraCreatedJiraIssueResponse {
    id: string;
    key: string;
}

/**
 * What one request of issues gets.
 */
export interface JiraIssuesBody {
    issues: JiraIssueResponse[];
}

/**
 * What the look-up of the cloud id gets.
 */
export type JiraCloudIdLookup = {
    id: string | number;
}[];
