import type { SavedRecord } from '../../models';
import type { SalesforceSavedRecordResponse } from '../types';

/**
 * Turns what the API sends into a SavedRecord.
 */
export function toSavedRecord(response: SalesforceSavedRecordResponse): SavedRecord {
    return {
        id: response.id,
        success: response.success
    };
}
