import type { NangoAction, ProxyConfiguration, StripeCustomer, CreateStripeCustomer } from '../../models';
import type { StripeCustomerResponse } from '../types';
import { toStripeCustomer } from '../mappers/to-stripe-customer.js';
import { createStripeCustomerSchema } from '../../schema.zod.js';

/**
 * Creates a customer in Stripe Connect.
 */
export default async function runAction(nango: NangoAction, input: CreateStripeCustomer): Promise<StripeCustomer> {
    // No field is required, and an input without fields may arrive as nothing at all.
    const parsed = await nango.zodValidateInput({ zodSchema: createStripeCustomerSchema, input: input ?? {} });

    // What no schema can say.
    if (!(parsed.data.email || parsed.data.phone)) {
        throw new nango.ActionError({ message: 'A customer needs an email address or a phone number.' });
    }

    const proxyConfig: ProxyConfiguration = {
        // https://docs.stripe.com/api/customers/create
        endpoint: '/v1/customers',
        headers: {
            'Content-Type': 'application/x-www-form-urlencoded'
        },
        data: new URLSearchParams({
            ...(parsed.data.name != null && { name: parsed.data.name }),
            ...(parsed.data.email != null && { email: parsed.data.email }),
            ...(parsed.data.phone != null && { phone: parsed.data.phone })
        }).toString(),
        retries: 3
    };

    const response = await nango.post<StripeCustomerResponse>(proxyConfig);

    return toStripeCustomer(response.data);
}
