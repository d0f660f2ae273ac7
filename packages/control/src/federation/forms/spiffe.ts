import type { JsonObject, SpiffeFields } from "@tabard/core"
import { trustDomainOf } from "../spiffe-id.ts"
import { claimBegins, claimIs, type FormTerms, formMistake } from "./form-terms.ts"

/** Answers the terms of one SPIFFE ID, or of all that stand below a path. */
export function termsOfSpiffe({ spiffeId }: SpiffeFields): FormTerms {
  const isPath = spiffeId.endsWith("/")
  const issuer = trustDomainOf(isPath ? spiffeId.slice(0, -1) : spiffeId)
  if (!issuer || spiffeId === issuer || spiffeId === `${issuer}/`)
    throw formMistake(
      "a SPIFFE ID is spelt spiffe://trust-domain/path; with a slash at its end, all below it",
    )
  return {
    issuer,
    // A bundle has no discovery: its address, or the bundle itself, is said beside the form.
    keys: { kind: "discovery" },
    conditions: isPath ? claimBegins("sub", spiffeId) : claimIs("sub", spiffeId),
  }
}

/** Its subject is a SPIFFE ID; which trust domain that may be in is the issuer's check. */
export function shapeOfSpiffe({ sub }: JsonObject): string | undefined {
  return trustDomainOf(sub) ? undefined : "Its subject is no SPIFFE ID."
}
