import { describe, expect, it } from 'vitest';
import runAction from '../actions/create-issue.js';
import mock from './jira-create-issue.mock.json';
import { asJson, playAction } from './nango-mock.js';

// Offline: each test plays the responses of jira-create-issue.mock.json, and compares what the script does with what stands there.
describe('the action create-issue', () => {
    it('returns what the API sends', async () => {
        const { run, played } = playAction(runAction, mock.success);
        const output = await run();
        expect(asJson(output)).toEqual(mock.success.output);
        expect(played).toEqual(mock.success.expected);
    });

    it('ends with the error of the API', async () => {
        const { run, played } = playAction(runAction, mock.apiError);
        await expect(run()).rejects.toThrow('Request failed with status code 500');
        expect(played).toEqual(mock.apiError.expected);
    });

    it('ends where a look-up finds nothing', async () => {
        const { run, played } = playAction(runAction, mock.nothingFound);
        await expect(run()).rejects.toThrow('No cloud id was found: the response of /oauth/token/accessible-resources has nothing at [0].id');
        expect(played).toEqual(mock.nothingFound.expected);
    });

    it('refuses an input that does not fit', async () => {
        const { run, played } = playAction(runAction, mock.refusedInput);
        await expect(run()).rejects.toThrow('Invalid input provided');
        expect(played).toEqual(mock.refusedInput.expected);
    });
});
