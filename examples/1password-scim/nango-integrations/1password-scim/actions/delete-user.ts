import type { NangoAction, ProxyConfiguration, SuccessResponse, DeleteUser } from '../../models';
import { deleteUserSchema } from '../../schema.zod.js';

/**
 * Deletes a user in 1Password SCIM bridge.
 */
export default async function runAction(nango: NangoAction, input: DeleteUser): Promise<SuccessResponse> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: deleteUserSchema, input });

    const proxyConfig: ProxyConfiguration = {
        // https://datatracker.ietf.org/doc/html/rfc7644#section-3.6
        endpoint: `/Users/${input.id}`,
        retries: 3
    };

    await nango.delete(proxyConfig);
    return { success: true };
}
