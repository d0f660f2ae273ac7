import { Problem, type TrustTerms } from "@tabard/core"
import { type TargetRules, targetMistake } from "../notifications/guard-address.ts"

/**
 * Lets terms through whose keys are where the operator lets this server lead.
 *
 * @throws {Problem} trust_rule_invalid
 */
export function assertReachable(rules: TargetRules, { issuer, keys }: TrustTerms): void {
  if (keys.kind === "inline") return
  const address = keys.kind === "address" ? keys.url : issuer
  const mistake = targetMistake(rules, address)
  if (!mistake) return
  throw new Problem(
    "trust_rule_invalid",
    `the keys cannot be asked for at ${address.slice(0, 200)}: ${mistake}. Say where they are, or put them in`,
  )
}
