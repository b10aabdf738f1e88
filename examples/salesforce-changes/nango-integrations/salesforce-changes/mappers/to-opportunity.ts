import type { Opportunity } from '../../models';
import type { SalesforceChangesOpportunityResponse } from '../types';

/**
 * Turns what the API sends into an Opportunity.
 */
export function toOpportunity(response: SalesforceChangesOpportunityResponse): Opportunity {
    const ownerFirstName = response.Owner?.Name?.split(' ')[0] || undefined;
    return {
        id: response.Id,
        name: response.Name,
        stage: response.StageName,
        amount: response.Amount ?? 0,
        is_open: response.IsClosed === false,
        ...(ownerFirstName != null && { owner_first_name: ownerFirstName }),
        ...(response.CloseDate != null && { closes_on: response.CloseDate })
    };
}
