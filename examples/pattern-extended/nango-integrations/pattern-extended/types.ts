/**
 * Deal as the API sends it.
 */
export interface PatternExtendedDealResponse {
    id: number;
    title: string;
    update_time: string;
}

/**
 * What one request of deals gets.
 */
export interface PatternExtendedDealsBatch {
    data: PatternExtendedDealResponse[];
    additional_data: {
        next_cursor: string | number | null;
    } | null;
}
