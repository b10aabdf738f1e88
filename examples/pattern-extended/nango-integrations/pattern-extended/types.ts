/**
 * Event as the API sends it.
 */
export interface PatternExtendedEventResponse {
    id: string;
    event_name: string;
    created_at: string;
}

/**
 * What one request of events gets.
 */
export interface PatternExtendedEventsBatch {
    events: PatternExtendedEventResponse[];
    next: string | number | null;
}
