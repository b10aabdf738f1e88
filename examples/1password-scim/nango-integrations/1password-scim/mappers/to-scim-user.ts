import type { ScimUser } from '../../models';
import type { OnePasswordScimScimUserResponse } from '../types';

/**
 * Turns what the API sends into a ScimUser.
 */
export function toScimUser(response: OnePasswordScimScimUserResponse): ScimUser {
    return {
        id: response.id,
        user_name: response.userName,
        ...(response.displayName != null && { display_name: response.displayName }),
        active: response.active,
        emails: response.emails.map((email) => ({
            value: email.value,
            ...(email.primary != null && { primary: email.primary })
        }))
    };
}
