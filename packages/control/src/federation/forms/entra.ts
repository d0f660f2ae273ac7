import type { EntraFields, JsonObject, TrustTerms } from "@tabard/core"
import { claimIs, type FormTerms, requireSpelling } from "./form-terms.ts"

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Answers the terms of one identity of one tenant. Addresses such as `common` stand for every tenant, and for none here. */
export function termsOfEntra({ tenant, objectId, version = 2 }: EntraFields): FormTerms {
  requireSpelling(
    tenant,
    GUID,
    "the tenant is its id, in small letters; common, organizations and names are none",
  )
  requireSpelling(
    objectId,
    GUID,
    "the object id is that of the identity or service principal, in small letters",
  )
  return {
    issuer:
      version === 2
        ? `https://login.microsoftonline.com/${tenant}/v2.0`
        : `https://sts.windows.net/${tenant}/`,
    keys: { kind: "discovery" },
    conditions: [...claimIs("tid", tenant), ...claimIs("oid", objectId)],
  }
}

/** Its tenant stands in its issuer as well; one that says two was made for another door. */
export function shapeOfEntra({ tid, oid }: JsonObject, { issuer }: TrustTerms): string | undefined {
  if (typeof oid !== "string") return "It names no object id (oid)."
  return typeof tid === "string" && GUID.test(tid) && issuer.includes(`/${tid}/`)
    ? undefined
    : "Its tenant (tid) is not that of its issuer."
}
