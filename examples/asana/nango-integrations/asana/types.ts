/**
 * AsanaTask as the API sends it.
 */
export interface AsanaTaskResponse {
    gid: string;
    name: string;
    completed: boolean | null;
    assignee: {
        name: string | null;
    } | null;
    permalink_url: string;
}

/**
 * The body of create-task.
 */
export interface AsanaCreateTaskBody {
    data: AsanaTaskResponse;
}
