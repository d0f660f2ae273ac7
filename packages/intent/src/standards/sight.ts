import type { RuleSighting } from "@tabard/core"
import type { WrittenPolicy } from "@tabard/policy"
import type { AgentDeclaration } from "./declaration.ts"
import type { ValuePath } from "./place.ts"

/** Says what is wrong with a declaration, at the place in its file that `path` leads to. */
export function sight(
  { agent, file, placeOf }: AgentDeclaration,
  path: ValuePath,
  message: string,
  what: string = path.join("."),
): RuleSighting {
  const place = placeOf(path)
  const column = place ? { column: place.column } : {}
  return { subject: agent, message, evidence: [{ path: file, line: place?.line ?? null, what, ...column }] }
}

/** Says what is wrong with what is written by hand beside a manifest; of one policy, where it stands. */
export function sightByHand(
  { agent, file, byHand }: AgentDeclaration,
  message: string,
  policy?: WrittenPolicy,
): RuleSighting {
  const { line = null, column } = policy?.position ?? {}
  const place = { path: byHand?.file ?? file, line, what: policy?.id ?? "byHand" }
  return { subject: agent, message, evidence: [{ ...place, ...(column !== undefined && { column }) }] }
}
