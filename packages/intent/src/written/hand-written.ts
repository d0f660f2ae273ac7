import { PolicyInvalid, readPolicyDocument, type WrittenPolicy } from "@tabard/policy"

/**
 * Reads what is written by hand beside an agent's manifest: it speaks of that agent, and can speak of no other.
 *
 * @throws {PolicyInvalid} with line and column
 */
export function readHandWritten(text: string, agent: string): readonly WrittenPolicy[] {
  const policies = readPolicyDocument(text, byHandOf(agent))
  for (const { id, json, position } of policies) {
    const { principal } = json
    const named = principal.op === "==" && "entity" in principal ? principal.entity : undefined
    const isThis =
      named !== undefined && "type" in named && named.type === "Tabard::Agent" && named.id === agent
    if (!isThis)
      throw new PolicyInvalid(
        id,
        `its principal has to be this agent: principal == Tabard::Agent::"${agent}"`,
        position,
      )
  }
  return policies
}

/** Answers under which name an agent's hand-written policies are kept, beside its manifest. */
export function byHandOf(agent: string): string {
  return `${agent}/hand`
}
