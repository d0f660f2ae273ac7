import { Problem } from "@tabard/core"
import { jsonObject } from "../http/json-body.ts"
import { SCIM_JSON } from "./scim-json.ts"
import { ScimRefusal } from "./scim-refusal.ts"

/** The largest body that is read: a group of some 20,000 people. */
const MAX_BODY = 4 * 1024 * 1024

/** Both are sent: Entra and Okta name SCIM's own type, scripts the one that they know. */
const TYPES = [SCIM_JSON, "application/json"]

/**
 * Reads the body of a request over SCIM.
 *
 * @throws {ScimRefusal} invalidSyntax
 * @throws {Problem} body_too_large
 */
export async function scimBody(request: Request): Promise<object> {
  try {
    return await jsonObject(request, { most: MAX_BODY, types: TYPES })
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== "body_invalid") throw cause
    throw new ScimRefusal(400, "invalidSyntax", cause.message, { cause })
  }
}
