/** The schemas that are spoken here, by their names in RFC 7643. */
export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group"
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/** The messages of RFC 7644. */
export const LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
