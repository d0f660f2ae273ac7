import { PolicyInvalid, readPolicyDocument, type WrittenPolicy } from "@tabard/policy"

/**
 * Reads a document of guard-rails. They only take away: what an agent may do stands in its own intent.
 *
 * @throws {PolicyInvalid} with line and column
 */
export function readForbids(text: string, owner: string): readonly WrittenPolicy[] {
  const policies = readPolicyDocument(text, owner)
  const permit = policies.find(({ effect }) => effect !== "forbid")
  if (permit)
    throw new PolicyInvalid(
      permit.id,
      "a guard-rail only forbids: write a permit into an agent's manifest",
      permit.position,
    )
  return policies
}

/**
 * Reads what a tier forbids besides its ceiling: it speaks of that tier, and can speak of no other.
 *
 * @throws {PolicyInvalid} with line and column
 */
export function readTierForbids(text: string, tier: string): readonly WrittenPolicy[] {
  const policies = readForbids(text, `own-tier-${tier}`)
  for (const { id, json, position } of policies) {
    const { principal } = json
    const named = principal.op === "in" && "entity" in principal ? principal.entity : undefined
    if (named === undefined || !("type" in named) || named.type !== "Tabard::Tier" || named.id !== tier)
      throw new PolicyInvalid(
        id,
        `its principal has to be this tier: principal in Tabard::Tier::"${tier}"`,
        position,
      )
  }
  return policies
}
