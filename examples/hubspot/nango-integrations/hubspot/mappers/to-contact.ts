import type { Contact } from '../../models';
import type { HubspotContactResponse } from '../types';

/**
 * Turns what the API sends into a Contact.
 */
export function toContact(response: HubspotContactResponse): Contact {
    return {
        id: response.id,
        ...(response.properties?.email != null && { email: response.properties.email }),
        ...(response.properties?.firstname != null && { first_name: response.properties.firstname }),
        ...(response.properties?.lastname != null && { last_name: response.properties.lastname }),
        ...(response.properties?.lifecyclestage != null && { lifecycle_stage: response.properties.lifecyclestage }),
        archived: response.archived,
        created_at: response.createdAt,
        updated_at: response.updatedAt
    };
}
