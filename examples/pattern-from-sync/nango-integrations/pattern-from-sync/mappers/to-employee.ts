import type { Employee } from '../../models';
import type { PatternFromSyncEmployeeResponse } from '../types';

/**
 * Turns what the API sends into an Employee.
 */
export function toEmployee(response: PatternFromSyncEmployeeResponse): Employee {
    return {
        id: response.id,
        email: response.properties.hs_email,
        ...(response.properties.hs_given_name != null && { first_name: response.properties.hs_given_name }),
        ...(response.properties.hs_family_name != null && { last_name: response.properties.hs_family_name })
    };
}
