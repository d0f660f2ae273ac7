import { createHash } from "node:crypto"
import { canonicalText } from "@tabard/core"
import { type PolicyText, policyMeaning } from "@tabard/policy"

/** Names what policies mean together: their order, layout, comments and ids say nothing. */
export function meaningDigest(policies: readonly PolicyText[]): string {
  const meanings = [...new Set(policies.map(policyMeaning))].toSorted()
  return createHash("sha256").update(canonicalText(meanings)).digest("base64url")
}
