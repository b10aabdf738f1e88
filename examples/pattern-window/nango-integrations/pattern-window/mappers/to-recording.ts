import type { Recording } from '../../models';
import type { PatternWindowRecordingResponse } from '../types';

/**
 * Turns what the API sends into a Recording.
 */
export function toRecording(response: PatternWindowRecordingResponse): Recording {
    return {
        id: response.uuid,
        topic: response.topic,
        started_at: response.start_time,
        minutes: response.duration
    };
}
