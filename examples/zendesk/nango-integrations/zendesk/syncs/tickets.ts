import type { NangoSync, ProxyConfiguration } from '../../models';
import type { ZendeskTicketResponse } from '../types';
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
    for await (const page of nango.paginate<ZendeskTicketResponse>(proxyConfig)) {
        // Pages come newest first: behind the first record older than the last run nothing has changed.
        const changed = page.filter((record) => !since || new Date(record.updated_at) >= since);
        await nango.batchSave(changed.map(toTicket), 'Ticket');
        if (changed.length < page.length) {
            break;
        }
    }
}
