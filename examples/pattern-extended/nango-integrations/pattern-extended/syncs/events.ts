import type { NangoSync, ProxyConfiguration, EventsMetadata } from '../../models';
import type { PatternExtendedEventsBatch } from '../types';
import { toEvent } from '../mappers/to-event.js';
import { eventsMetadataSchema } from '../../schema.zod.js';

// A run ends itself before Nango's limit of 24 hours; the next one goes on where it stopped.
const MAX_RUNTIME_MS = 23.5 * 60 * 60 * 1000;
const BATCH_SIZE = 100;

/**
 * Fetches all events from Intercom.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const startedAt = Date.now();
    const metadata: EventsMetadata = (await nango.getMetadata<EventsMetadata>()) ?? {};
    await nango.zodValidateInput({ zodSchema: eventsMetadataSchema, input: metadata });

    // Without a start time no pass is under way, and a new one begins.
    const isResumed = metadata.currentStartTime != null;
    const passStart = metadata.currentStartTime ?? new Date(startedAt).toISOString();
    const changedSince = metadata.changedSince ?? (isResumed ? null : (nango.lastSyncDate?.toISOString() ?? null));
    let cursor = isResumed ? (metadata.lastProcessedId ?? null) : null;
    let total = isResumed ? (metadata.totalProcessed ?? 0) : 0;
    if (!isResumed) {
        await nango.updateMetadata({ currentStartTime: passStart, lastProcessedId: null, totalProcessed: 0, changedSince });
    }

    let hasMore = true;
    while (hasMore) {
        if (Date.now() - startedAt >= MAX_RUNTIME_MS) {
            await nango.log(`The time of this run is up after ${total} records; the next run goes on from there`);
            return;
        }

        const batch = await fetchBatch(nango, cursor, changedSince);
        const records = batch.events;
        await nango.batchSave(records.map(toEvent), 'Event');
        total += records.length;
        cursor = batch.next == null ? null : String(batch.next);
        hasMore = records.length > 0 && cursor !== null;

        // Noted after every batch, so that a run that is cut short repeats one batch and loses none.
        await nango.updateMetadata({ lastProcessedId: cursor, totalProcessed: total });
        await nango.log(`${total} records so far`);
    }

    // The pass is complete: the next one asks for what changed since this one began.
    await nango.updateMetadata({ currentStartTime: null, lastProcessedId: null, totalProcessed: 0, changedSince: passStart });
}

/** Fetches one batch; the cursor is null for the first. */
async function fetchBatch(nango: NangoSync, cursor: string | null, changedSince: string | null): Promise<PatternExtendedEventsBatch> {
    const proxyConfig: ProxyConfiguration = {
        // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events
        endpoint: '/events',
        params: {
            limit: BATCH_SIZE,
            ...(changedSince ? { updated_since: changedSince } : {}),
            ...(cursor ? { after: cursor } : {})
        },
        retries: 10
    };

    const response = await nango.get<PatternExtendedEventsBatch>(proxyConfig);
    return response.data;
}
