/**
 * ScimUser as the API sends it.
 */
export interface OnePasswordScimScimUserResponse {
    id: string;
    userName: string;
    displayName: string | null;
    active: boolean;
    emails: {
        value: string;
        primary: boolean | null;
    }[];
}

/**
 * What one request of users gets.
 */
export interface OnePasswordScimUsersBody {
    Resources: OnePasswordScimScimUserResponse[];
}
