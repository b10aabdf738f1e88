import type { Milestone } from '../../models';
import type { PatternPaginatedMilestoneResponse } from '../types';

/**
 * Turns what the API sends into a Milestone.
 */
export function toMilestone(response: PatternPaginatedMilestoneResponse): Milestone {
    return {
        id: response.id,
        title: response.title,
        ...(response.due_date != null && { due_date: response.due_date })
    };
}
