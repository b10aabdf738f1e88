import type { NangoSync, ProxyConfiguration, ProjectSettings, TrackedIssue } from '../../models';
import type { PatternPaginatedTrackedIssueResponse, PatternPaginatedIssueNoteResponse } from '../types';
import { toTrackedIssue } from '../mappers/to-tracked-issue.js';
import { toIssueNote } from '../mappers/to-issue-note.js';
import { projectSettingsSchema } from '../../schema.zod.js';

/**
 * Fetches the issues of a project that changed since the last run, each with its notes.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // What this connection is set to sync, checked before anything is asked.
    const metadata = await nango.getMetadata<ProjectSettings>();
    await nango.zodValidateInput({ zodSchema: projectSettingsSchema, input: metadata });

    const proxyConfig: ProxyConfiguration = {
        // https://docs.gitlab.com/api/issues/#list-project-issues
        endpoint: `/api/v4/projects/${metadata.project}/issues`,
        params: {
            scope: 'all',
            ...(nango.lastSyncDate ? { updated_after: nango.lastSyncDate.toISOString() } : {})
        },
        paginate: {
            type: 'link',
            link_rel_in_response_header: 'next'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let pages = 0;
    for await (const page of nango.paginate<PatternPaginatedTrackedIssueResponse>(proxyConfig)) {
        requireList(nango, page, 'the top level');
        pages += 1;
        const parents = page.map(toTrackedIssue);
        await nango.batchSave(parents, 'TrackedIssue');

        // One parent after the other: the API is never asked for two things at once.
        for (const parent of parents) {
            await saveIssueNotes(nango, metadata, parent);
        }
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<PatternPaginatedTrackedIssueResponse[]>(proxyConfig);
        requireList(nango, response.data, 'the top level');
    }
}

/**
 * Fetches and saves the issue notes of one parent.
 */
async function saveIssueNotes(nango: NangoSync, metadata: ProjectSettings, parent: TrackedIssue): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://docs.gitlab.com/api/notes/#list-all-issue-notes
        endpoint: `/api/v4/projects/${metadata.project}/issues/${parent.iid}/notes`,
        params: {
            sort: 'desc',
            order_by: 'updated_at'
        },
        paginate: {
            type: 'link',
            link_rel_in_response_header: 'next'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let pages = 0;
    for await (const page of nango.paginate<PatternPaginatedIssueNoteResponse>(proxyConfig)) {
        requireList(nango, page, 'the top level');
        pages += 1;
        await nango.batchSave(
            page.map((record) => toIssueNote(record, parent)),
            'IssueNote'
        );
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<PatternPaginatedIssueNoteResponse[]>(proxyConfig);
        requireList(nango, response.data, 'the top level');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}

/**
 * Saves what a webhook tells of the tracked issues, between two runs of the sync.
 */
export async function onWebhookPayloadReceived(nango: NangoSync, payload: unknown): Promise<void> {
    const record = valueAt(payload, ['object_attributes']);
    if (!isTrackedIssue(record)) {
        await nango.log('A webhook was left out: its payload holds no whole record', { level: 'warn' });
        return;
    }
    await nango.batchSave([toTrackedIssue(record)], 'TrackedIssue');
}

/** Whether a value of unknown shape has all that a record needs. */
function isTrackedIssue(value: unknown): value is PatternPaginatedTrackedIssueResponse {
    return isObject(value) && ['id', 'iid', 'title', 'state', 'updated_at'].every((field) => value[field] != null);
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null;
}

/** What stands in a value of unknown shape at some properties, one in the other. */
function valueAt(value: unknown, steps: string[]): unknown {
    return steps.reduce<unknown>((found, step) => (isObject(found) ? found[step] : undefined), value);
}
