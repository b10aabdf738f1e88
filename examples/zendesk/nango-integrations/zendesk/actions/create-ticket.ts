import type { NangoAction, ProxyConfiguration, Ticket, CreateTicket } from '../../models';
import type { ZendeskCreateTicketBody } from '../types';
import { toTicket } from '../mappers/to-ticket.js';
import { createTicketSchema } from '../../schema.zod.js';

/**
 * Creates a ticket in Zendesk.
 */
export default async function runAction(nango: NangoAction, input: CreateTicket): Promise<Ticket> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createTicketSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#create-ticket
        endpoint: '/api/v2/tickets',
        data: {
            ticket: input.ticket
        },
        retries: 3
    };

    const response = await nango.post<ZendeskCreateTicketBody>(proxyConfig);

    return toTicket(response.data.ticket);
}
