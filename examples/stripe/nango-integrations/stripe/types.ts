/**
 * StripeCustomer as the API sends it.
 */
export interface StripeCustomerResponse {
    id: string;
    name: string | null;
    email: string | null;
    address: {
        country: string | null;
    } | null;
    delinquent: boolean | null;
    created: number;
}

/**
 * What one request of customers gets.
 */
export interface StripeCustomersBody {
    data: StripeCustomerResponse[];
    has_more: boolean | null;
}
