import type { Conversation } from '../../models';
import type { IntercomConversationResponse } from '../types';

/**
 * Turns what the API sends into a Conversation.
 */
export function toConversation(response: IntercomConversationResponse): Conversation {
    return {
        id: response.id,
        ...(response.title != null && { title: response.title }),
        state: response.state,
        messages: response.conversation_parts.conversation_parts.map((message) => ({
            id: message.id,
            author: message.author.name,
            text: message.body ?? ''
        })),
        updated_at: new Date(response.updated_at * 1000).toISOString()
    };
}
