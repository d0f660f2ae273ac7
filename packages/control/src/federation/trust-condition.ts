import { type JsonObject, type TrustCondition, visibleText } from "@tabard/core"
import { claimAt, claimText } from "./claim-at.ts"

/** Where one part of a name ends and the next begins, in the claims of every known issuer. */
const DELIMITERS = ["/", ":", "@"] as const

/**
 * Answers whether a token's claims meet a condition: letter by letter, so that neither another case nor another spelling
 * of the same letters passes. A claim that is missing, or is not one value, meets none.
 */
export function meetsCondition({ claim, test, values }: TrustCondition, claims: JsonObject): boolean {
  const text = claimText(claimAt(claims, claim))
  if (text === undefined) return false
  if (test === "is") return values.includes(text)
  return values.some((beginning) => endsAtDelimiter(beginning) && text.startsWith(beginning))
}

/** Answers whether something that begins so is within it: `repo:org/app/` holds nothing of `repo:org/app-evil`. */
export function endsAtDelimiter(beginning: string): boolean {
  return DELIMITERS.some((delimiter) => beginning.length > 1 && beginning.endsWith(delimiter))
}

/** Says a condition as a person reads it. */
export function conditionWords({ claim, test, values }: TrustCondition): string {
  const wanted = values.map((value) => visibleText(value)).join(" or ")
  return `${claimName(claim)} ${test === "is" ? "has to be" : "has to begin with"} ${wanted}`
}

/** Says the name of a claim; where it stands within another, the way to it. */
export function claimName(claim: readonly string[]): string {
  return visibleText(claim.join(" › "))
}
