import type { NangoSync, ProxyConfiguration } from '../../models';
import type { IntercomConversationResponse, IntercomConversationsBody } from '../types';
import { toConversation } from '../mappers/to-conversation.js';

/**
 * Fetches all conversations from Intercom.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // A page that names the next one is followed by it.
    let hasMore = true;
    const onPage = ({ nextPageParam }: { nextPageParam?: string | number | undefined }): Promise<void> => {
        hasMore = nextPageParam !== undefined;
        return Promise.resolve();
    };
    const proxyConfig: ProxyConfiguration = {
        // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listconversations
        endpoint: '/conversations',
        // nango.paginate notes here which page it asks for.
        params: {},
        paginate: {
            type: 'cursor',
            cursor_path_in_response: 'pages.next.starting_after',
            cursor_name_in_request: 'starting_after',
            limit_name_in_request: 'per_page',
            limit: 100,
            response_path: 'conversations',
            on_page: onPage
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    for await (const page of nango.paginate<IntercomConversationResponse>(proxyConfig)) {
        // One record after the other: the API is never asked for two things at once.
        const detailed: IntercomConversationResponse[] = [];
        for (const record of page) {
            detailed.push(await completeConversation(nango, record));
        }
        await nango.batchSave(detailed.map(toConversation), 'Conversation');
    }
    if (hasMore) {
        // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
        const response = await nango.get<IntercomConversationsBody>(proxyConfig);
        requireList(nango, response.data?.conversations, 'conversations');
    }
}

/** Merges into a conversation of a list what the API tells of it alone. */
async function completeConversation(nango: NangoSync, record: IntercomConversationResponse): Promise<IntercomConversationResponse> {
    const proxyConfig: ProxyConfiguration = {
        // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/retrieveconversation
        endpoint: `/conversations/${record.id}`,
        retries: 10
    };

    // Nothing is saved without its details: the log names the record, and the run ends. @allowTryCatch
    try {
        const response = await nango.get<IntercomConversationResponse>(proxyConfig);
        const details = response.data;
        if (typeof details !== 'object' || details === null || Array.isArray(details)) {
            throw new nango.ActionError({ message: 'The response has no record at the top level' });
        }
        return { ...record, ...details };
    } catch (error) {
        await nango.log(`The details of the conversation ${record.id} could not be read from ${proxyConfig.endpoint}: ${String(error)}`, { level: 'error' });
        throw error;
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
