import type { AsanaTask } from '../../models';
import type { AsanaTaskResponse } from '../types';

/**
 * Turns what the API sends into an AsanaTask.
 */
export function toAsanaTask(response: AsanaTaskResponse): AsanaTask {
    return {
        gid: response.gid,
        name: response.name,
        is_completed: response.completed === true,
        ...(response.assignee?.name != null && { assignee: response.assignee.name }),
        url: response.permalink_url
    };
}
