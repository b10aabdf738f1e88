import { describe, expect, it } from 'vitest';
import fetchData from '../syncs/users.js';
import mock from './1password-scim-users.mock.json';
import { playSync } from './nango-mock.js';

// Offline: each test plays the responses of 1password-scim-users.mock.json, and compares what the script does with what stands there.
describe('the sync users', () => {
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
        await expect(run()).rejects.toThrow('The response has no list at Resources');
        expect(played).toEqual(mock.noList.expected);
    });

    it('ends with the error of the API', async () => {
        const { run, played } = playSync(fetchData, mock.apiError);
        await expect(run()).rejects.toThrow('Request failed with status code 500');
        expect(played).toEqual(mock.apiError.expected);
    });
});
