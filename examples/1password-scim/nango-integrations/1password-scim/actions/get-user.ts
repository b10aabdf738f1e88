import type { NangoAction, ProxyConfiguration, ScimUser, GetUser } from '../../models';
import type { OnePasswordScimScimUserResponse } from '../types';
import { toScimUser } from '../mappers/to-scim-user.js';
import { getUserSchema } from '../../schema.zod.js';

/**
 * Gets a user in 1Password SCIM bridge.
 */
export default async function runAction(nango: NangoAction, input: GetUser): Promise<ScimUser> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: getUserSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://datatracker.ietf.org/doc/html/rfc7644#section-3.4.1
        endpoint: `/Users/${input.id}`,
        retries: 3
    };

    const response = await nango.get<OnePasswordScimScimUserResponse>(proxyConfig);

    return toScimUser(response.data);
}
