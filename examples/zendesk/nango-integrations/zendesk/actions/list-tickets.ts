import type { NangoAction, ProxyConfiguration, ListTicketsResponse, ListTicketsInput } from '../../models';
import type { ZendeskListTicketsBody } from '../types';
import { toTicket } from '../mappers/to-ticket.js';
import { listTicketsInputSchema } from '../../schema.zod.js';

/**
 * Lists tickets in Zendesk, one page at a time.
 */
export default async function runAction(nango: NangoAction, input: ListTicketsInput): Promise<ListTicketsResponse> {
    // No field is required, and an input without fields may arrive as nothing at all.
    const parsed = await nango.zodValidateInput({ zodSchema: listTicketsInputSchema, input: input ?? {} });

    const proxyConfig: ProxyConfiguration = {
        // https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-tickets
        endpoint: '/api/v2/tickets',
        params: {
            ...(parsed.data.limit ? { per_page: parsed.data.limit } : {}),
            ...(parsed.data.cursor ? Object.fromEntries(new URLSearchParams(parsed.data.cursor)) : {})
        },
        retries: 3
    };

    const response = await nango.get<ZendeskListTicketsBody>(proxyConfig);

    const records = response.data?.tickets;
    if (!Array.isArray(records)) {
        throw new nango.ActionError({ message: 'The response has no list at tickets' });
    }

    // The caller hands this back to get the next page; without it there is none.
    const nextCursor = response.data.next_page?.split('?')[1];
    return {
        tickets: records.map(toTicket),
        ...(nextCursor ? { next_cursor: String(nextCursor) } : {})
    };
}
