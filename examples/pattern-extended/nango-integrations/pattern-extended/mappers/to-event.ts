import type { Event } from '../../models';
import type { PatternExtendedEventResponse } from '../types';

/**
 * Turns what the API sends into an Event.
 */
export function toEvent(response: PatternExtendedEventResponse): Event {
    return {
        id: response.id,
        kind: response.event_name,
        created_at: response.created_at
    };
}
