import type { CreatedLinearIssue } from '../../models';
import type { LinearCreatedLinearIssueResponse } from '../types';

/**
 * Turns what the API sends into a CreatedLinearIssue.
 */
export function toCreatedLinearIssue(response: LinearCreatedLinearIssueResponse): CreatedLinearIssue {
    return {
        id: response.id,
        identifier: response.identifier,
        url: response.url
    };
}
