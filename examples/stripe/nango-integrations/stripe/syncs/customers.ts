import type { NangoSync, ProxyConfiguration } from '../../models';
import type { StripeCustomersBody } from '../types';
import { toStripeCustomer } from '../mappers/to-stripe-customer.js';

/**
 * Fetches all customers from Stripe Connect.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let cursor: string | number | null | undefined;
    const seen = new Set<string>();
    let hasMore = true;
    // The id of the last record asks for the next page, which nango.paginate cannot do.
    while (hasMore) {
        requireNewPage(nango, seen, String(cursor ?? ''));

        const proxyConfig: ProxyConfiguration = {
            // https://docs.stripe.com/api/customers/list
            endpoint: '/v1/customers',
            params: {
                limit: 100,
                ...(cursor ? { starting_after: cursor } : {})
            },
            retries: 10
        };

        const response = await nango.get<StripeCustomersBody>(proxyConfig);
        const page = response.data?.data;
        requireList(nango, page, 'data');
        await nango.batchSave(page.map(toStripeCustomer), 'StripeCustomer');

        cursor = page[page.length - 1]?.id;
        hasMore = page.length > 0 && Boolean(cursor) && Boolean(response.data.has_more);
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}

/** Ends the run where the API leads back to a page that was there before: the list would have no end. */
function requireNewPage(nango: NangoSync, seen: Set<string>, page: string): void {
    if (seen.has(page)) {
        throw new nango.ActionError({ message: 'The API leads back to a page that was there before' });
    }
    seen.add(page);
}
