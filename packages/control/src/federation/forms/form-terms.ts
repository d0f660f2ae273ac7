import { Problem, type TrustCondition, type TrustTerms } from "@tabard/core"

/** What a filled-in form says of the tokens that it means. */
export type FormTerms = Pick<TrustTerms, "issuer" | "conditions" | "keys">

/** A condition that a claim of the token itself is this value; none where nothing was filled in. */
export function claimIs(claim: string, value: string | undefined): readonly TrustCondition[] {
  return value === undefined ? [] : [{ claim: [claim], test: "is", values: [value] }]
}

/** A condition that a claim begins so. */
export function claimBegins(claim: string, beginning: string): readonly TrustCondition[] {
  return [{ claim: [claim], test: "begins", values: [beginning] }]
}

/** Says of a form what is wrong with it. */
export function formMistake(said: string): Problem {
  return new Problem("trust_rule_invalid", said)
}

/**
 * Holds what was filled in to a spelling.
 *
 * @throws {Problem} trust_rule_invalid
 */
export function requireSpelling(text: string, spelling: RegExp, said: string): void {
  if (!spelling.test(text)) throw formMistake(said)
}
