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
 * What delete-user gets back; nothing of it is read.
 */
export type OnePasswordScimDeleteUserBody = unknown;
