import { describe, expect, it } from 'vitest';
import fetchData from '../syncs/issues.js';
import mock from './jira-issues.mock.json';
import { playSync } from './nango-mock.js';

// Offline: each test plays the responses of jira-issues.mock.json, and compares what the script does with what stands there.
describe('the sync issues', () => {
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
        await expect(fetchData(nango)).rejects.toThrow('The response has no list at issues');
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

    it('ends where a look-up finds nothing', async () => {
        const { nango, played } = playSync(mock.nothingFound);
        await expect(fetchData(nango)).rejects.toThrow('No cloud id was found: the response of /oauth/token/accessible-resources has nothing at [0].id');
        expect(played).toEqual(mock.nothingFound.expected);
    });
});
