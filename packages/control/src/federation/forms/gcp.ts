import type { GcpFields, JsonObject } from "@tabard/core"
import { claimIs, type FormTerms, requireSpelling } from "./form-terms.ts"

const GCP_ISSUER = "https://accounts.google.com"
const UNIQUE_ID = /^\d{10,30}$/

/** Answers the terms of one service account, by the number that is never given again. */
export function termsOfGcp({ uniqueId, email }: GcpFields): FormTerms {
  requireSpelling(uniqueId, UNIQUE_ID, "the unique id of a service account is digits alone, not its address")
  return {
    issuer: GCP_ISSUER,
    keys: { kind: "discovery" },
    conditions: [
      ...claimIs("sub", uniqueId),
      ...(email === undefined ? [] : [...claimIs("email", email), ...claimIs("email_verified", "true")]),
    ],
  }
}

/** Its subject is a number, as Google gives to accounts. */
export function shapeOfGcp({ sub }: JsonObject): string | undefined {
  return typeof sub === "string" && UNIQUE_ID.test(sub) ? undefined : "Its subject is no number of Google's."
}
