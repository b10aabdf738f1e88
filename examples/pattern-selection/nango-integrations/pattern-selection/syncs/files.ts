import type { NangoSync, ProxyConfiguration, BoxMetadata, BoxDocument } from '../../models';
import type { PatternSelectionBoxDocumentResponse, PatternSelectionFilesBody } from '../types';
import { toBoxDocument } from '../mappers/to-box-document.js';
import { boxMetadataSchema } from '../../schema.zod.js';

// Records are saved whenever this many have come together.
const BATCH_SIZE = 100;

/**
 * Fetches selected files from Box.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    const metadata = await nango.getMetadata<BoxMetadata>();
    const items = metadata?.files ?? [];
    const folders = metadata?.folders ?? [];
    await nango.zodValidateInput({ zodSchema: boxMetadataSchema, input: { files: items, folders } });
    if (items.length === 0 && folders.length === 0) {
        throw new nango.ActionError({ message: 'The metadata selects nothing: name files or folders' });
    }

    // Folders first, each with everything below it; one that was met before is not walked again.
    const seen = new Set<string>();
    for (const folder of folders) {
        await saveFolder(nango, folder, seen);
    }

    let found: BoxDocument[] = [];
    for (const item of items) {
        found = [...found, ...(await fetchItem(nango, item))];
        if (found.length >= BATCH_SIZE) {
            await nango.batchSave(found, 'BoxDocument');
            found = [];
        }
    }
    await nango.batchSave(found, 'BoxDocument');
    await nango.log(`${seen.size} folders and ${items.length} single items are done`);
}

/** Saves what lies in a folder and in all folders below it. */
async function saveFolder(nango: NangoSync, folder: string, seen: Set<string>): Promise<void> {
    if (seen.has(folder)) {
        return;
    }
    seen.add(folder);
    const entries = await listFolder(nango, folder);
    const inside = entries.filter((entry) => entry.type === 'file').map(toBoxDocument);
    for (let first = 0; first < inside.length; first += BATCH_SIZE) {
        await nango.batchSave(inside.slice(first, first + BATCH_SIZE), 'BoxDocument');
    }
    await nango.log(`${inside.length} records in the folder ${folder}`);

    const below = entries.filter((entry) => entry.type === 'folder');
    for (const next of below) {
        await saveFolder(nango, String(next.id), seen);
    }
}

/** Every entry of a folder; what was found up to then when the folder is gone. */
async function listFolder(nango: NangoSync, folder: string): Promise<PatternSelectionBoxDocumentResponse[]> {
    // A page that is not full is the last one.
    let hasMore = true;
    const proxyConfig: ProxyConfiguration = {
        // https://developer.box.com/reference/get-folders-id-items/
        endpoint: `/2.0/folders/${folder}/items`,
        params: {
            fields: 'id,type,name,modified_at,shared_link'
        },
        paginate: {
            type: 'offset',
            offset_name_in_request: 'offset',
            limit_name_in_request: 'limit',
            limit: 100,
            response_path: 'entries'
        },
        retries: 10
    };

    const entries: PatternSelectionBoxDocumentResponse[] = [];
    let list: unknown = entries;
    // One folder that is gone must not end the sync. @allowTryCatch
    try {
        for await (const page of nango.paginate<PatternSelectionBoxDocumentResponse>(proxyConfig)) {
            entries.push(...page);
            hasMore = page.length >= 100;
        }
        if (hasMore) {
            // nango.paginate ends alike at an empty list and at none: asked for again, that page tells which it was.
            const response = await nango.get<PatternSelectionFilesBody>(proxyConfig);
            list = response.data?.entries;
        }
    } catch (error) {
        requireGone(error);
        await nango.log(`The folder ${folder} could not be read to its end: ${String(error)}`, { level: 'error' });
    }
    requireList(nango, list, 'entries');
    return entries;
}

/** One item by its id; none when it is gone. */
async function fetchItem(nango: NangoSync, item: string): Promise<BoxDocument[]> {
    const proxyConfig: ProxyConfiguration = {
        // https://developer.box.com/reference/get-folders-id-items/
        endpoint: `/2.0/files/${item}`,
        retries: 10
    };

    // One item that is gone must not end the sync. @allowTryCatch
    try {
        const response = await nango.get<PatternSelectionBoxDocumentResponse>(proxyConfig);
        return [toBoxDocument(response.data)];
    } catch (error) {
        requireGone(error);
        await nango.log(`The item ${item} was left out: ${String(error)}`, { level: 'error' });
        return [];
    }
}

/** Ends the run at any error but that something is gone: Nango deletes all records that a run did not see. */
function requireGone(error: any): void {
    if (![404, 410].includes(error.response?.status)) {
        throw error;
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
