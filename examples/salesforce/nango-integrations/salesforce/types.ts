/**
 * Account as the API sends it.
 */
export interface SalesforceAccountResponse {
    Id: string;
    Name: string;
    Industry: string | null;
    Owner: {
        id: string;
        name: string | null;
    };
    CreatedDate: string;
    LastModifiedDate: string;
}

/**
 * SavedRecord as the API sends it.
 */
export interface SalesforceSavedRecordResponse {
    id: string;
    success: boolean;
}

/**
 * What one request of accounts gets.
 */
export interface SalesforceAccountsBody {
    records: SalesforceAccountResponse[];
}
