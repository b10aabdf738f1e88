import type { NangoSync, ProxyConfiguration, RecordingsMetadata } from '../../models';
import type { PatternWindowRecordingResponse, PatternWindowRecordingsBody } from '../types';
import { toRecording } from '../mappers/to-recording.js';
import { recordingsMetadataSchema } from '../../schema.zod.js';

// How far back the first full pass reaches when the metadata names no start.
const LOOKBACK_YEARS = 2;

/**
 * Fetches all recordings from Zoom.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const metadata: RecordingsMetadata = (await nango.getMetadata<RecordingsMetadata>()) ?? {};
    await nango.zodValidateInput({ zodSchema: recordingsMetadataSchema, input: metadata });
    const { fromDate, toDate, useMetadata } = metadata;
    const now = new Date();

    // Once a full pass is done, only what changed since the last run is asked for.
    if (useMetadata === false && nango.lastSyncDate) {
        // A pass of several runs ends before the last of them began: what lies between is asked for as well.
        const covered = new Date(toDate ?? nango.lastSyncDate);
        const since = covered < nango.lastSyncDate ? covered : nango.lastSyncDate;
        await saveWindow(nango, since, now);
        await nango.updateMetadata({ fromDate: now.toISOString(), toDate: now.toISOString(), useMetadata: false });
        return;
    }

    // A pass that was cut short goes on where its last finished window ended.
    const firstDay = new Date(Date.UTC(now.getUTCFullYear() - LOOKBACK_YEARS, now.getUTCMonth(), 1));
    const end = useMetadata && toDate ? new Date(toDate) : now;
    let start = useMetadata && fromDate ? new Date(fromDate) : firstDay;
    if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || start > end) {
        throw new nango.ActionError({ message: 'fromDate and toDate of the metadata must be dates, the first not after the second' });
    }

    while (start < end) {
        const next = nextBoundary(start);
        const windowEnd = next < end ? next : end;
        const saved = await saveWindow(nango, start, windowEnd);

        // Noted after every window, so that a run that is cut short repeats one window and loses none.
        await nango.updateMetadata({ fromDate: windowEnd.toISOString(), toDate: end.toISOString(), useMetadata: windowEnd < end });
        await nango.log(`${saved} records from ${start.toISOString()} to ${windowEnd.toISOString()}`);
        start = windowEnd;
    }
}

/** The first moment of the month after the one a date lies in, in UTC. */
function nextBoundary(date: Date): Date {
    return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

/** Fetches and saves one window page by page; gives the number of records saved. */
async function saveWindow(nango: NangoSync, from: Date, to: Date): Promise<number> {
    // A page that names the next one is followed by it.
    let hasMore = true;
    const onPage = ({ nextPageParam }: { nextPageParam?: string | number | undefined }): Promise<void> => {
        hasMore = nextPageParam !== undefined;
        return Promise.resolve();
    };
    const proxyConfig: ProxyConfiguration = {
        // https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording
        endpoint: '/users/me/recordings',
        params: {
            page_size: 300,
            from: from.toISOString().slice(0, 10),
            to: to.toISOString().slice(0, 10)
        },
        paginate: {
            response_path: 'meetings',
            on_page: onPage
        },
        retries: 10
    };

    let saved = 0;
    for await (const page of nango.paginate<PatternWindowRecordingResponse>(proxyConfig)) {
        await nango.batchSave(page.map(toRecording), 'Recording');
        saved += page.length;
    }
    if (hasMore) {
        // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
        const response = await nango.get<PatternWindowRecordingsBody>(proxyConfig);
        requireList(nango, response.data?.meetings, 'meetings');
    }
    return saved;
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
