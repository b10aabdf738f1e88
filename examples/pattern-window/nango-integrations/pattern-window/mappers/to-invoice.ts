import type { Invoice } from '../../models';
import type { PatternWindowInvoiceResponse } from '../types';

/**
 * Turns what the API sends into an Invoice.
 */
export function toInvoice(response: PatternWindowInvoiceResponse): Invoice {
    return {
        id: response.id,
        ...(response.number != null && { number: response.number }),
        total: response.total,
        created: response.created
    };
}
