/**
 * Opportunity as the API sends it.
 */
export interface SalesforceChangesOpportunityResponse {
    Id: string;
    Name: string;
    StageName: string;
    Amount: number | null;
    IsClosed: boolean | null;
    Owner: {
        Name: string | null;
    } | null;
    CloseDate: string | null;
    IsDeleted: any;
}

/**
 * What one request of opportunities gets.
 */
export interface SalesforceChangesOpportunitiesBody {
    records: SalesforceChangesOpportunityResponse[];
}
