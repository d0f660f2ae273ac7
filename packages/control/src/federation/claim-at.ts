import { isJsonObject, isLosslessNumber, type Json, type JsonObject } from "@tabard/core"

/** Answers the claim at the end of this way, or undefined where there is none. */
export function claimAt(claims: JsonObject, way: readonly string[]): Json | undefined {
  let found: Json | undefined = claims
  for (const name of way) {
    if (!isJsonObject(found) || !Object.hasOwn(found, name)) return undefined
    found = found[name]
  }
  return found
}

/** Answers a claim as text where it is one value: a string, a whole number or a truth value. A list is no one value. */
export function claimText(claim: Json | undefined): string | undefined {
  if (typeof claim === "string") return claim
  if (typeof claim === "boolean") return String(claim)
  if (isLosslessNumber(claim)) return claim.value
  return typeof claim === "number" && Number.isSafeInteger(claim) ? String(claim) : undefined
}

/** Answers a time of a token in seconds, or undefined where it is no number (RFC 7519 §2, NumericDate). */
export function claimSeconds(claim: Json | undefined): number | undefined {
  const seconds = isLosslessNumber(claim) ? Number(claim.value) : claim
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds : undefined
}
