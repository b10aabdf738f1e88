import type { IssueLabel } from '../../models';
import type { PatternPaginatedIssueLabelResponse } from '../types';

/**
 * Turns what the API sends into an IssueLabel.
 */
export function toIssueLabel(response: PatternPaginatedIssueLabelResponse): IssueLabel {
    return {
        id: response.id,
        name: response.name,
        color: response.color
    };
}
