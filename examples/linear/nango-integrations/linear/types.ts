/**
 * LinearIssue as the API sends it.
 */
export interface LinearIssueResponse {
    id: string;
    identifier: string;
    title: string;
    state: {
        name: string;
    };
    assignee: {
        name: string | null;
    } | null;
    updatedAt: string;
    labels: {
        nodes: {
            name: any;
        }[];
    };
}

/**
 * CreatedLinearIssue as the API sends it.
 */
export interface LinearCreatedLinearIssueResponse {
    id: string;
    identifier: string;
    url: string;
}

/**
 * What one request of issues gets.
 */
export interface LinearIssuesBody {
    data: {
        issues: {
            nodes: LinearIssueResponse[];
            pageInfo: {
                endCursor: string | number | null;
                hasNextPage: boolean | null;
            } | null;
        };
    };
}

/**
 * The body of create-issue.
 */
export interface LinearCreateIssueBody {
    data: {
        issueCreate: {
            issue: LinearCreatedLinearIssueResponse;
        };
    };
}
