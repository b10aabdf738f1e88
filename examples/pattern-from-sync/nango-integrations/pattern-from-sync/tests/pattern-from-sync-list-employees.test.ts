import { describe, expect, it } from 'vitest';
import runAction from '../actions/list-employees.js';
import mock from './pattern-from-sync-list-employees.mock.json';
import { asJson, playAction } from './nango-mock.js';

// Offline: each test plays the responses of pattern-from-sync-list-employees.mock.json, and compares what the script does with what stands there.
describe('the action list-employees', () => {
    it('returns the first page, and where the next one begins', async () => {
        const { run, played } = playAction(runAction, mock.firstPage);
        const output = await run();
        expect(asJson(output)).toEqual(mock.firstPage.output);
        expect(played).toEqual(mock.firstPage.expected);
    });

    it('returns the last page', async () => {
        const { run, played } = playAction(runAction, mock.lastPage);
        const output = await run();
        expect(asJson(output)).toEqual(mock.lastPage.output);
        expect(played).toEqual(mock.lastPage.expected);
    });

    it('asks for the page of a cursor', async () => {
        const { run, played } = playAction(runAction, mock.laterPage);
        const output = await run();
        expect(asJson(output)).toEqual(mock.laterPage.output);
        expect(played).toEqual(mock.laterPage.expected);
    });

    it('ends where the response has no list', async () => {
        const { run, played } = playAction(runAction, mock.noList);
        await expect(run()).rejects.toThrow('The response has no list at results');
        expect(played).toEqual(mock.noList.expected);
    });

    it('ends with the error of the API', async () => {
        const { run, played } = playAction(runAction, mock.apiError);
        await expect(run()).rejects.toThrow('Request failed with status code 500');
        expect(played).toEqual(mock.apiError.expected);
    });

    it('returns what the sync saved, where there is a key to read it', async () => {
        const { run, played } = playAction(runAction, mock.savedRecords);
        const output = await run();
        expect(asJson(output)).toEqual(mock.savedRecords.output);
        expect(played).toEqual(mock.savedRecords.expected);
    });

    it('refuses an input that does not fit', async () => {
        const { run, played } = playAction(runAction, mock.refusedInput);
        await expect(run()).rejects.toThrow('Invalid input provided');
        expect(played).toEqual(mock.refusedInput.expected);
    });
});
