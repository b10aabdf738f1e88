import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fetchData from '../syncs/recordings.js';
import mock from './pattern-window-recordings.mock.json';
import { playSync } from './nango-mock.js';

// Offline: each test plays the responses of pattern-window-recordings.mock.json, and compares what the script does with what stands there.
describe('the sync recordings', () => {
    beforeEach(() => {
        vi.useFakeTimers({ now: new Date('2024-03-15T12:00:00.000Z'), toFake: ['Date'] });
    });

    afterEach(() => {
        vi.useRealTimers();
    });

    it('saves the records of the first page', async () => {
        const { nango, played } = playSync(mock.firstPage);
        await fetchData(nango);
        expect(played).toEqual(mock.firstPage.expected);
    });

    it('saves the records of several pages', async () => {
        const { nango, played } = playSync(mock.severalPages);
        await fetchData(nango);
        expect(played).toEqual(mock.severalPages.expected);
    });

    it('saves nothing of an empty list', async () => {
        const { nango, played } = playSync(mock.empty);
        await fetchData(nango);
        expect(played).toEqual(mock.empty.expected);
    });

    it('ends where the response has no list', async () => {
        const { nango, played } = playSync(mock.noList);
        await expect(fetchData(nango)).rejects.toThrow('The response has no list at meetings');
        expect(played).toEqual(mock.noList.expected);
    });

    it('asks for what changed since the last run', async () => {
        const { nango, played } = playSync(mock.incremental);
        await fetchData(nango);
        expect(played).toEqual(mock.incremental.expected);
    });

    it('ends with the error of the API', async () => {
        const { nango, played } = playSync(mock.apiError);
        await expect(fetchData(nango)).rejects.toThrow('Request failed with status code 500');
        expect(played).toEqual(mock.apiError.expected);
    });

    it('refuses metadata that does not fit', async () => {
        const { nango, played } = playSync(mock.refusedMetadata);
        await expect(fetchData(nango)).rejects.toThrow('Invalid input provided');
        expect(played).toEqual(mock.refusedMetadata.expected);
    });
});
