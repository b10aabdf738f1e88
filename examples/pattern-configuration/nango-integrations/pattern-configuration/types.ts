/**
 * OutputData as the API sends it.
 */
export type PatternConfigurationOutputDataResponse = Record<string, any>;

/**
 * Field as the API sends it.
 */
export interface PatternConfigurationFieldResponse {
    name: string;
    type: string;
}

/**
 * What one request of configuration-based-sync gets.
 */
export interface PatternConfigurationConfigurationBasedSyncBody {
    records: PatternConfigurationOutputDataResponse[];
}

/**
 * One page of list-fields.
 */
export interface PatternConfigurationListFieldsBody {
    fields: PatternConfigurationFieldResponse[];
}
