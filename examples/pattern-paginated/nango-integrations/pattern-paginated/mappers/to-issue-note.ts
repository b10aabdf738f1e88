import type { IssueNote, TrackedIssue } from '../../models';
import type { PatternPaginatedIssueNoteResponse } from '../types';

/**
 * Turns what the API sends into an IssueNote.
 */
export function toIssueNote(response: PatternPaginatedIssueNoteResponse, parent: TrackedIssue): IssueNote {
    return {
        id: response.id,
        issue_id: parent.id,
        body: response.body,
        ...(response.author?.username != null && { author: response.author.username })
    };
}
