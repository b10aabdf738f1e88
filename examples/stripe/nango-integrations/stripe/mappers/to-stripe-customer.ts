import type { StripeCustomer } from '../../models';
import type { StripeCustomerResponse } from '../types';

/**
 * Turns what the API sends into a StripeCustomer.
 */
export function toStripeCustomer(response: StripeCustomerResponse): StripeCustomer {
    return {
        id: response.id,
        ...(response.name != null && { name: response.name }),
        ...(response.email != null && { email: response.email }),
        country: response.address?.country ?? 'unknown',
        is_delinquent: response.delinquent ?? false,
        created_at: new Date(response.created * 1000).toISOString()
    };
}
