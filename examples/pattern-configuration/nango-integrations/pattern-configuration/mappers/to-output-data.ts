import type { OutputData, Configuration } from '../../models';
import type { PatternConfigurationOutputDataResponse } from '../types';

/**
 * Turns what the API sends into an OutputData: the configured fields and no others.
 */
export function toOutputData(response: PatternConfigurationOutputDataResponse, configuration: Configuration): OutputData {
    return {
        id: String(response['Id']),
        model: configuration.model,
        data: Object.fromEntries(configuration.fields.map((field) => [field.name, response[field.name]]))
    };
}
