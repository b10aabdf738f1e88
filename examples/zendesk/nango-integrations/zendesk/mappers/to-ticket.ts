import type { Ticket } from '../../models';
import type { ZendeskTicketResponse } from '../types';

/**
 * Turns what the API sends into a Ticket.
 */
export function toTicket(response: ZendeskTicketResponse): Ticket {
    return {
        id: response.id,
        ...(response.subject != null && { subject: response.subject }),
        status: response.status,
        priority: response.priority,
        tags: response.tags,
        requester_id: response.requester_id,
        custom_fields: response.custom_fields.map((customField) => ({
            id: customField.id,
            ...(customField.value != null && { value: customField.value })
        })),
        created_at: response.created_at,
        updated_at: response.updated_at
    };
}
