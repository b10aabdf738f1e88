import type { NangoAction, NangoSync } from '../../models';

/** A response of the API; without a status it is a success. */
interface RecordedResponse {
    status?: number | undefined;
    headers?: Record<string, string> | undefined;
    data: unknown;
}

/** What a script is run with, and the responses that it gets, in the order of its requests. */
interface Recording {
    input?: unknown;
    metadata?: unknown;
    connection?: Record<string, unknown> | undefined;
    /** What Nango's own entry of the provider says of its pages. */
    paginate?: object | undefined;
    lastSyncDate?: string | undefined;
    /** The variables of the environment in Nango. */
    variables?: Variable[] | undefined;
    responses: RecordedResponse[];
}

interface Variable {
    name: string;
    value: string;
}

/** What a script did. */
interface Played {
    requests: Record<string, unknown>[];
    saved: Record<string, unknown[]>;
    deleted: Record<string, unknown[]>;
    metadata: unknown[];
}

interface Request {
    method?: string;
    endpoint: string;
    baseUrlOverride?: string;
    params?: Record<string, unknown> | string;
    headers?: Record<string, unknown>;
    data?: unknown;
    retries?: number;
    paginate?: Partial<Paginate>;
}

interface Response {
    status: number;
    headers: Record<string, string>;
    data: any;
}

interface Paginate {
    type: string;
    response_path: string;
    limit: number;
    limit_name_in_request: string;
    cursor_name_in_request: string;
    cursor_path_in_response: string;
    link_rel_in_response_header: string;
    link_path_in_response_body: string;
    offset_name_in_request: string;
    offset_start_value: number;
    offset_calculation_method: string;
    in_body: boolean;
    on_page: (page: { nextPageParam?: string | number | undefined; response: Response }) => Promise<void>;
}

interface Schema {
    safeParse(input: unknown): { success: boolean };
}

/** The error that an action or a sync throws. */
class ActionError extends Error {
    constructor(readonly payload?: { message?: string }) {
        super(payload?.message ?? 'ActionError');
    }
}

/** Plays a recording to a sync: `run` runs it, `played` is what it did. */
export function playSync(script: (nango: NangoSync) => Promise<void>, recording: Recording): { run: () => Promise<void>; played: Played } {
    const { nango, played } = play(recording);
    return { run: () => script(nango), played };
}

/** Plays a recording to an action. */
export function playAction<Input, Output>(
    script: (nango: NangoAction, input: Input) => Promise<Output>,
    recording: Recording
): { run: () => Promise<Output>; played: Played } {
    const { nango, played } = play(recording);
    return { run: () => script(nango, asJson(recording.input)), played };
}

/** A nango that answers the first request with the first response, and so on, and notes what it is told. */
function play(recording: Recording): { nango: any; played: Played } {
    const played: Played = { requests: [], saved: {}, deleted: {}, metadata: [] };
    const responses = [...recording.responses];

    const respond = (request: Record<string, unknown>): Response => {
        played.requests.push(asJson(request));
        const next = responses.shift();
        if (!next) {
            throw new Error(`There is no response left for ${String(request['method'])} ${String(request['endpoint'])}`);
        }
        return { status: next.status ?? 200, headers: next.headers ?? {}, data: asJson(next.data) };
    };
    const send = (method: string, request: Request): Promise<Response> => {
        const response = respond(asSent(method, request));
        if (response.status >= 400) {
            return Promise.reject(Object.assign(new Error(`Request failed with status code ${response.status}`), { response }));
        }
        return Promise.resolve(response);
    };
    const note = (list: Record<string, unknown[]>, records: unknown[], model: string): Promise<boolean> => {
        if (records.length > 0) {
            Object.assign(list, { [model]: [...(list[model] ?? []), ...asJson(records)] });
        }
        return Promise.resolve(true);
    };
    const nango = {
        ActionError,
        connectionId: 'connection-1',
        providerConfigKey: 'integration-1',
        lastSyncDate: recording.lastSyncDate ? new Date(recording.lastSyncDate) : undefined,
        log: () => Promise.resolve(),
        getConnection: () => Promise.resolve({ connection_config: recording.connection ?? {} }),
        getMetadata: () => Promise.resolve(asJson(recording.metadata)),
        updateMetadata: (metadata: unknown) => {
            played.metadata.push(asJson(metadata));
            return Promise.resolve();
        },
        getEnvironmentVariables: () => Promise.resolve(recording.variables ?? []),
        zodValidateInput: ({ zodSchema, input }: { zodSchema: Schema; input: unknown }) => {
            const parsed = zodSchema.safeParse(input);
            return parsed.success ? Promise.resolve(parsed) : Promise.reject(new ActionError({ message: 'Invalid input provided' }));
        },
        uncontrolledFetch: ({ url, headers }: { url: URL; headers?: Record<string, string> }) => {
            const { status, data } = respond({ method: 'GET', endpoint: url.toString(), ...(headers && { headers }) });
            return Promise.resolve({ ok: status < 400, status, json: () => Promise.resolve(data) });
        },
        get: (request: Request) => send('GET', request),
        post: (request: Request) => send('POST', request),
        put: (request: Request) => send('PUT', request),
        patch: (request: Request) => send('PATCH', request),
        delete: (request: Request) => send('DELETE', request),
        proxy: (request: Request) => send(request.method ?? 'GET', request),
        paginate: (request: Request) => {
            const settings = { ...recording.paginate, ...request.paginate };
            return paginate(request, settings, (page: Request) => send(request.method ?? 'GET', page));
        },
        batchSave: (records: unknown[], model: string) => note(played.saved, records, model),
        batchUpdate: (records: unknown[], model: string) => note(played.saved, records, model),
        batchDelete: (records: unknown[], model: string) => note(played.deleted, records, model)
    };
    return { nango, played };
}

/** A request as it is compared: parameters and headers are text in it, and an empty part of it is left out. */
function asSent(method: string, { endpoint, baseUrlOverride, params, headers, data, retries }: Request): Record<string, unknown> {
    const body = withoutEmpty(data);
    return {
        method: method.toUpperCase(),
        endpoint,
        ...(baseUrlOverride && { baseUrlOverride }),
        ...texts('params', params),
        ...texts('headers', headers),
        ...(body !== undefined && { data: body }),
        retries
    };
}

/** The body of a request without objects that hold nothing; undefined where nothing is left. */
function withoutEmpty(data: unknown): unknown {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
        return data;
    }
    const fields = Object.entries(data).map(([key, value]) => ({ key, value: withoutEmpty(value) }));
    const left = fields.filter(({ value }) => value !== undefined);
    return left.length > 0 ? Object.fromEntries(left.map(({ key, value }) => [key, value])) : undefined;
}

function texts(name: string, values: Record<string, unknown> | string | undefined): Record<string, unknown> {
    const entries = Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
    return entries.length > 0 ? { [name]: Object.fromEntries(entries.map(([key, value]) => [key, String(value)])) } : {};
}

/** A value as JSON has it: a date is text, and what is undefined is not there. */
export function asJson(value: unknown): any {
    return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

/**
 * Goes through pages as nango.paginate does. Only the number of records on a page does not end the list here: recorded pages
 * are shorter than those of the API.
 */
async function* paginate(config: Request, settings: Partial<Paginate>, send: (request: Request) => Promise<Response>): AsyncGenerator<any> {
    const inBody = settings.in_body ?? ['POST', 'PUT', 'PATCH'].includes((config.method ?? 'GET').toUpperCase());
    const asked: any = (inBody ? config.data : config.params) ?? {};
    const request: Request = { ...config };
    if (settings.limit && settings.limit_name_in_request) {
        asked[settings.limit_name_in_request] = settings.limit;
    }
    let offset = settings.offset_start_value ?? 0;
    if (settings.type === 'offset') {
        asked[String(settings.offset_name_in_request)] = inBody ? offset : String(offset);
    }
    request[inBody ? 'data' : 'params'] = asked;
    for (;;) {
        const response = await send(request);
        const records = at(response.data, settings.response_path);
        if (settings.type !== 'link' && !records?.length) {
            return;
        }
        yield records;
        const next = following(settings, response);
        if (settings.type === 'offset') {
            offset += settings.offset_calculation_method === 'per-page' ? 1 : records.length;
            asked[String(settings.offset_name_in_request)] = inBody ? offset : String(offset);
            continue;
        }
        await settings.on_page?.({ nextPageParam: next, response });
        if (next === undefined) {
            return;
        }
        if (settings.type === 'cursor') {
            asked[String(settings.cursor_name_in_request)] = next;
        } else {
            const url = new URL(next, 'https://nango.invalid');
            delete request.params;
            request.endpoint = url.pathname + url.search;
            request.baseUrlOverride = url.origin;
        }
    }
}

/** The cursor of the next page, or the link to it. */
function following(settings: Partial<Paginate>, response: Response): string | undefined {
    if (settings.type === 'cursor') {
        return at(response.data, settings.cursor_path_in_response) ?? undefined;
    }
    if (settings.link_rel_in_response_header) {
        const links = String(response.headers['link'] ?? '').split(',');
        return links.find((link) => link.includes(`rel="${settings.link_rel_in_response_header}"`))?.split(/[<>]/)[1];
    }
    return at(response.data, settings.link_path_in_response_body) ?? undefined;
}

/** The value at a path, as lodash has it: the whole path may be the name of one property, too. */
function at(value: any, path: string | undefined): any {
    if (!path) {
        return value;
    }
    if (typeof value === 'object' && value !== null && path in value) {
        return value[path];
    }
    return path.split('.').reduce((inner, name) => inner?.[name], value);
}
