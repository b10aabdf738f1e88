import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fetchData from '../syncs/deals.js';
import mock from './pattern-extended-deals.mock.json';
import { playSync } from './nango-mock.js';

// Offline: each test plays the responses of pattern-extended-deals.mock.json, and compares what the script does with what stands there.
describe('the sync deals', () => {
    beforeEach(() => {
        vi.useFakeTimers({ now: new Date('2024-03-15T12:00:00.000Z'), toFake: ['Date'] });
    });

    afterEach(() => {
        vi.useRealTimers();
    });

    it('saves the records of the first page', async () => {
        const { run, played } = playSync(fetchData, mock.firstPage);
        await run();
        expect(played).toEqual(mock.firstPage.expected);
    });

    it('saves the records of several pages', async () => {
        const { run, played } = playSync(fetchData, mock.severalPages);
        await run();
        expect(played).toEqual(mock.severalPages.expected);
    });

    it('saves nothing of an empty list', async () => {
        const { run, played } = playSync(fetchData, mock.empty);
        await run();
        expect(played).toEqual(mock.empty.expected);
    });

    it('ends where the response has no list', async () => {
        const { run, played } = playSync(fetchData, mock.noList);
        await expect(run()).rejects.toThrow('The response has no list at data');
        expect(played).toEqual(mock.noList.expected);
    });

    it('goes on where the run before ended', async () => {
        const { run, played } = playSync(fetchData, mock.resumed);
        await run();
        expect(played).toEqual(mock.resumed.expected);
    });

    it('asks for what changed since the last run', async () => {
        const { run, played } = playSync(fetchData, mock.incremental);
        await run();
        expect(played).toEqual(mock.incremental.expected);
    });

    it('ends with the error of the API', async () => {
        const { run, played } = playSync(fetchData, mock.apiError);
        await expect(run()).rejects.toThrow('Request failed with status code 500');
        expect(played).toEqual(mock.apiError.expected);
    });

    it('refuses metadata that does not fit', async () => {
        const { run, played } = playSync(fetchData, mock.refusedMetadata);
        await expect(run()).rejects.toThrow('Invalid input provided');
        expect(played).toEqual(mock.refusedMetadata.expected);
    });
});
