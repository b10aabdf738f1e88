import type { NangoAction, ProxyConfiguration, SuccessResponse, DeleteUser } from '../../models';
import type { OnePasswordScimDeleteUserBody } from '../types';
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

    await nango.delete<OnePasswordScimDeleteUserBody>(proxyConfig).catch((error: unknown) => {
        // What the API refuses reaches the caller as a message it can act on.
        throw new nango.ActionError({ message: `The user could not be deleted: ${String(error)}` });
    });

    return { success: true };
}
