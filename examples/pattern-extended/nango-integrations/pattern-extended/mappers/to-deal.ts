import type { Deal } from '../../models';
import type { PatternExtendedDealResponse } from '../types';

/**
 * Turns what the API sends into a Deal.
 */
export function toDeal(response: PatternExtendedDealResponse): Deal {
    return {
        id: response.id,
        title: response.title,
        changed_at: response.update_time
    };
}
