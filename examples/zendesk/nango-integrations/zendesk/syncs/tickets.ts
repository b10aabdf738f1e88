import type { NangoSync, ProxyConfiguration } from '../../models';
import type { ZendeskTicketResponse, ZendeskTicketsBody } from '../types';
import { toTicket } from '../mappers/to-ticket.js';

/**
 * Fetches all tickets from Zendesk.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-tickets
        endpoint: '/api/v2/tickets',
        params: {
            sort_by: 'updated_at',
            sort_order: 'desc',
            per_page: 100
        },
        paginate: {
            response_path: 'tickets'
        },
        retries: 10
    };

    const since = nango.lastSyncDate;
    let pages = 0;
    for await (const page of nango.paginate<ZendeskTicketResponse>(proxyConfig)) {
        requireList(nango, page, 'tickets');
        pages += 1;
        // Pages come newest first: behind the first record older than the last run nothing has changed.
        const changed = page.filter((record) => !since || new Date(record.updated_at) >= since);
        await nango.batchSave(changed.map(toTicket), 'Ticket');
        if (changed.length < page.length) {
            break;
        }
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<ZendeskTicketsBody>(proxyConfig);
        requireList(nango, response.data?.tickets, 'tickets');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
