import type { Account } from '../../models';
import type { SalesforceAccountResponse } from '../types';

/**
 * Turns what the API sends into an Account.
 */
export function toAccount(response: SalesforceAccountResponse): Account {
    return {
        id: response.Id,
        name: response.Name,
        ...(response.Industry != null && { industry: response.Industry }),
        owner: {
            id: response.Owner.id,
            ...(response.Owner.name != null && { name: response.Owner.name })
        },
        created_at: new Date(response.CreatedDate),
        modified_at: new Date(response.LastModifiedDate)
    };
}
