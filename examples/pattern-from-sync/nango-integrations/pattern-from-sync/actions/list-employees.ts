import type { NangoAction, ProxyConfiguration, ListEmployeesResponse, ListEmployeesInput, Employee } from '../../models';
import type { PatternFromSyncListEmployeesBody } from '../types';
import { toEmployee } from '../mappers/to-employee.js';
import { listEmployeesInputSchema } from '../../schema.zod.js';

/**
 * Lists the employees, one page at a time.
 *
 * Where they come from, in this order:
 * 1. What the sync employees saved, read from Nango's own API. That needs a secret key in the variable
 * NANGO_SECRET_KEY of the environment (Nango's dashboard); NANGO_HOST there names a self-hosted Nango.
 * 2. The live API, when no such records are there or the variable is not set.
 */
export default async function runAction(nango: NangoAction, input: ListEmployeesInput): Promise<ListEmployeesResponse> {
    // No field is required, and an input without fields may arrive as nothing at all.
    const parsed = await nango.zodValidateInput({ zodSchema: listEmployeesInputSchema, input: input ?? {} });

    const synced = await getSyncedEmployees(nango, parsed.data.cursor, parsed.data.limit);
    if (synced) {
        return synced;
    }

    const proxyConfig: ProxyConfiguration = {
        // https://developers.hubspot.com/docs/reference/api/crm/objects/users
        endpoint: '/crm/v3/objects/users',
        params: {
            properties: 'hs_email,hs_given_name,hs_family_name',
            ...(parsed.data.limit ? { limit: parsed.data.limit } : {}),
            ...(parsed.data.cursor ? { after: parsed.data.cursor } : {})
        },
        retries: 3
    };

    const response = await nango.get<PatternFromSyncListEmployeesBody>(proxyConfig);

    const records = response.data?.results;
    if (!Array.isArray(records)) {
        throw new nango.ActionError({ message: 'The response has no list at results' });
    }

    // The caller hands this back to get the next page; without it there is none.
    const nextCursor = response.data.paging?.next?.after;
    return {
        employees: records.map(toEmployee),
        ...(nextCursor ? { next_cursor: String(nextCursor) } : {})
    };
}

/** A page of the employees that were saved; undefined where none are, or where the live API gave the page before. */
async function getSyncedEmployees(
    nango: NangoAction,
    cursor?: string | null,
    limit?: string | number | boolean | null
): Promise<ListEmployeesResponse | undefined> {
    // Nango's cursors are marked, so that none of them ever reaches the API.
    const mark = 'synced:';
    if (cursor && !cursor.startsWith(mark)) {
        return undefined;
    }
    const page = await fetchSynced(nango, {
        ...(limit ? { limit: String(limit) } : {}),
        ...(cursor ? { cursor: cursor.slice(mark.length) } : {})
    });
    if (!page && cursor) {
        throw new nango.ActionError({ message: 'The records of this cursor can no longer be read: start again without one' });
    }
    if (!page || (page.records.length === 0 && !cursor)) {
        return undefined;
    }
    return {
        employees: page.records.map(({ _nango_metadata, ...record }) => record),
        ...(page.next_cursor ? { next_cursor: `${mark}${page.next_cursor}` } : {})
    };
}

/** A record as Nango keeps it. */
interface SyncedRecord extends Employee {
    _nango_metadata: unknown;
}

/** What Nango's API gives of them at once. */
interface SyncedPage {
    records: SyncedRecord[];
    next_cursor: string | null;
}

/** Asks Nango for saved records, those that were deleted since left out; undefined without a key to ask with. */
async function fetchSynced(nango: NangoAction, params: Record<string, string>): Promise<SyncedPage | undefined> {
    const variables = (await nango.getEnvironmentVariables()) ?? [];
    const key = variables.find((variable) => variable.name === 'NANGO_SECRET_KEY')?.value;
    const host = variables.find((variable) => variable.name === 'NANGO_HOST')?.value;
    if (!key) {
        return undefined;
    }
    const url = new URL('/records', host ?? 'https://api.nango.dev');
    url.searchParams.set('model', 'Employee');
    url.searchParams.set('filter', 'added,updated');
    for (const [name, value] of Object.entries(params)) {
        url.searchParams.set(name, value);
    }
    const response = await nango.uncontrolledFetch({
        url,
        headers: { Authorization: `Bearer ${key}`, 'Connection-Id': nango.connectionId, 'Provider-Config-Key': nango.providerConfigKey }
    });
    if (!response.ok) {
        throw new nango.ActionError({ message: `Nango did not give the saved employees: ${response.status}` });
    }
    const page: unknown = await response.json();
    if (!isPage(page)) {
        throw new nango.ActionError({ message: 'Nango gave no page of records' });
    }
    return page;
}

function isPage(page: unknown): page is SyncedPage {
    return typeof page === 'object' && page !== null && 'records' in page && Array.isArray(page.records);
}
