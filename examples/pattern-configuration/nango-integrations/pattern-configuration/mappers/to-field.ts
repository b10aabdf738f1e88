import type { Field } from '../../models';
import type { PatternConfigurationFieldResponse } from '../types';

/**
 * Turns what the API sends into a Field.
 */
export function toField(response: PatternConfigurationFieldResponse): Field {
    return {
        id: response.name,
        name: response.name,
        type: response.type
    };
}
