import type { JsonObject } from "@tabard/core"
import { MOST_RESOURCES } from "../list-query.ts"
import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from "../schemas.ts"
import { ENTERPRISE, GROUP, USER } from "./known-schemas.ts"
import { shownAttribute } from "./schema-attributes.ts"

const CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
const RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
const SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema"

/** Says which parts of the protocol are spoken here (RFC 7643 §5). */
export function serviceProviderConfig(base: string): JsonObject {
  return {
    schemas: [CONFIG],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESOURCES },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "API token",
        description: "A token that an administrator made for SCIM, as Authorization: Bearer",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  }
}

/** Says what there is: people and groups (RFC 7643 §6). */
export function resourceTypes(base: string): readonly JsonObject[] {
  const type = (name: string, description: string, more: JsonObject): JsonObject => ({
    schemas: [RESOURCE_TYPE],
    id: name,
    name,
    endpoint: `/${name}s`,
    description,
    ...more,
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
  })
  const schemaExtensions = [{ schema: ENTERPRISE_SCHEMA, required: false }]
  return [
    type("User", USER.description, { schema: USER_SCHEMA, schemaExtensions }),
    type("Group", GROUP.description, { schema: GROUP_SCHEMA }),
  ]
}

/** Says what is kept of each (RFC 7643 §7). */
export function schemas(base: string): readonly JsonObject[] {
  return [USER, GROUP, ENTERPRISE].map(({ id, name, description, attributes }) => ({
    schemas: [SCHEMA],
    id,
    name,
    description,
    attributes: attributes.map(shownAttribute),
    meta: { resourceType: "Schema", location: `${base}/Schemas/${id}` },
  }))
}
