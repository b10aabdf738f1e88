import { describe, expect, it } from 'vitest';
import runAction from '../actions/list-fields.js';
import mock from './pattern-configuration-list-fields.mock.json';
import { asJson, playAction } from './nango-mock.js';

// Offline: each test plays the responses of pattern-configuration-list-fields.mock.json, and compares what the script does with what stands there.
describe('the action list-fields', () => {
    it('returns what the API sends', async () => {
        const { run, played } = playAction(runAction, mock.success);
        const output = await run();
        expect(asJson(output)).toEqual(mock.success.output);
        expect(played).toEqual(mock.success.expected);
    });

    it('ends where the response has no list', async () => {
        const { run, played } = playAction(runAction, mock.noList);
        await expect(run()).rejects.toThrow('The response has no list at fields');
        expect(played).toEqual(mock.noList.expected);
    });

    it('ends with the error of the API', async () => {
        const { run, played } = playAction(runAction, mock.apiError);
        await expect(run()).rejects.toThrow('Request failed with status code 500');
        expect(played).toEqual(mock.apiError.expected);
    });

    it('refuses an input that does not fit', async () => {
        const { run, played } = playAction(runAction, mock.refusedInput);
        await expect(run()).rejects.toThrow('Invalid input provided');
        expect(played).toEqual(mock.refusedInput.expected);
    });
});
