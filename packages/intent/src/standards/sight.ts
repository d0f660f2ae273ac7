import type { RuleSighting } from "@tabard/core"
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
