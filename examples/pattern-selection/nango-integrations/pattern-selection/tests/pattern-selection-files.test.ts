import { describe, expect, it } from 'vitest';
import fetchData from '../syncs/files.js';
import mock from './pattern-selection-files.mock.json';
import { playSync } from './nango-mock.js';

// Offline: each test plays the responses of pattern-selection-files.mock.json, and compares what the script does with what stands there.
describe('the sync files', () => {
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
        await expect(fetchData(nango)).rejects.toThrow('The response has no list at entries');
        expect(played).toEqual(mock.noList.expected);
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
