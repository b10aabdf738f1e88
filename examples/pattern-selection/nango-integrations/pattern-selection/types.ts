/**
 * BoxDocument as the API sends it.
 */
export interface PatternSelectionBoxDocumentResponse {
    id: string;
    name: string;
    modified_at: string | null;
    shared_link: {
        download_url: string | null;
    } | null;
    type: string;
}

/**
 * What one request of files gets.
 */
export interface PatternSelectionFilesBody {
    entries: PatternSelectionBoxDocumentResponse[];
}
