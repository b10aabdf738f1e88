/**
 * Conversation as the API sends it.
 */
export interface IntercomConversationResponse {
    id: string;
    title: string | null;
    state: 'open' | 'closed' | 'snoozed';
    conversation_parts: {
        conversation_parts: {
            id: string;
            author: {
                name: string;
            };
            body: string | null;
        }[];
    };
    updated_at: number;
}

/**
 * What one request of conversations gets.
 */
export interface IntercomConversationsBody {
    conversations: IntercomConversationResponse[];
}
