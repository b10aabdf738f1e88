import type { NangoAction, ProxyConfiguration, Ticket, UpdateTicket } from '../../models';
import type { ZendeskUpdateTicketBody } from '../types';
import { toTicket } from '../mappers/to-ticket.js';
import { updateTicketSchema } from '../../schema.zod.js';

/**
 * Updates a ticket in Zendesk.
 */
export default async function runAction(nango: NangoAction, input: UpdateTicket): Promise<Ticket> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: updateTicketSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
        endpoint: `/api/v2/tickets/${input.id}`,
        data: {
            ticket: input.ticket
        },
        retries: 3
    };

    const response = await nango.put<ZendeskUpdateTicketBody>(proxyConfig);

    return toTicket(response.data.ticket);
}
