import type { NangoSync, ProxyConfiguration, DealsMetadata } from '../../models';
import type { PatternExtendedDealsBatch } from '../types';
import { toDeal } from '../mappers/to-deal.js';
import { dealsMetadataSchema } from '../../schema.zod.js';

// A run ends itself before Nango's limit of 24 hours; the next one goes on where it stopped.
const MAX_RUNTIME_MS = 23.5 * 60 * 60 * 1000;
const BATCH_SIZE = 500;

/**
 * Fetches all deals from Pipedrive.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const startedAt = Date.now();
    const metadata: DealsMetadata = (await nango.getMetadata<DealsMetadata>()) ?? {};
    await nango.zodValidateInput({ zodSchema: dealsMetadataSchema, input: metadata });

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
        const records = batch?.data;
        requireList(nango, records, 'data');
        await nango.batchSave(records.map(toDeal), 'Deal');
        total += records.length;
        cursor = batch.additional_data?.next_cursor == null ? null : String(batch.additional_data?.next_cursor);
        hasMore = records.length > 0 && cursor !== null;

        // Noted after every batch, so that a run that is cut short repeats one batch and loses none.
        await nango.updateMetadata({ lastProcessedId: cursor, totalProcessed: total });
        await nango.log(`${total} records so far`);
    }

    // The pass is complete: the next one asks for what changed since this one began.
    await nango.updateMetadata({ currentStartTime: null, lastProcessedId: null, totalProcessed: 0, changedSince: passStart });
}

/** Fetches one batch; the cursor is null for the first. */
async function fetchBatch(nango: NangoSync, cursor: string | null, changedSince: string | null): Promise<PatternExtendedDealsBatch> {
    const proxyConfig: ProxyConfiguration = {
        // https://developers.pipedrive.com/docs/api/v1/Deals#getDeals
        endpoint: '/v2/deals',
        params: {
            limit: BATCH_SIZE,
            ...(changedSince ? { updated_since: changedSince } : {}),
            ...(cursor ? { cursor } : {})
        },
        retries: 10
    };

    const response = await nango.get<PatternExtendedDealsBatch>(proxyConfig);
    return response.data;
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
