import type { BoxDocument } from '../../models';
import type { PatternSelectionBoxDocumentResponse } from '../types';

/**
 * Turns what the API sends into a BoxDocument.
 */
export function toBoxDocument(response: PatternSelectionBoxDocumentResponse): BoxDocument {
    return {
        id: response.id,
        name: response.name,
        ...(response.modified_at != null && { modified_at: response.modified_at }),
        ...(response.shared_link?.download_url != null && { download_url: response.shared_link.download_url })
    };
}
