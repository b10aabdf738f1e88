import type { NangoAction, ProxyConfiguration } from '../../models';
import type { JiraCloudIdLookup } from '../types';

/** Looks up the cloud id, which other requests need. */
export async function lookUpCloudId(nango: NangoAction): Promise<string | number> {
    const proxyConfig: ProxyConfiguration = {
        // https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/#make-calls-to-the-api-using-the-access-token
        endpoint: '/oauth/token/accessible-resources',
        retries: 3
    };

    const response = await nango.get<JiraCloudIdLookup>(proxyConfig);
    const cloudId = response.data?.[0]?.id;
    if (cloudId == null || cloudId === '') {
        throw new nango.ActionError({ message: `No cloud id was found: the response of ${proxyConfig.endpoint} has nothing at [0].id` });
    }
    return cloudId;
}
