import type { NangoAction, ProxyConfiguration, ScimUser, CreateScimUser } from '../../models';
import type { OnePasswordScimScimUserResponse } from '../types';
import { toScimUser } from '../mappers/to-scim-user.js';
import { createScimUserSchema } from '../../schema.zod.js';

/**
 * Creates a user in 1Password SCIM bridge.
 */
export default async function runAction(nango: NangoAction, input: CreateScimUser): Promise<ScimUser> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createScimUserSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://datatracker.ietf.org/doc/html/rfc7644#section-3.3
        endpoint: '/Users',
        data: {
            userName: input.userName,
            displayName: input.displayName,
            active: input.active
        },
        retries: 3
    };

    const response = await nango.post<OnePasswordScimScimUserResponse>(proxyConfig);

    return toScimUser(response.data);
}
