import { linksOf } from "./entities.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import { actionId, type PinnedTool } from "./pinned-tool.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { Links } from "./question.ts"

/** A tool that somebody might call. */
export interface PossibleCall {
  readonly organisation: string
  readonly links: Links
  readonly tool: Pick<PinnedTool, "server" | "name">
}

/**
 * Answers whether some call of a tool could be permitted, by itself or with people's agreement, for every link of the
 * chain. It reads policies' scopes alone: where a condition decides, the call itself is asked about.
 */
export function couldPermit(base: PolicyBase, { organisation, links, tool }: PossibleCall): boolean {
  const action = base.schema.actions.get(actionId(tool))
  if (!action) return false
  return linksOf({ organisation, links }).every((link) => {
    const slice = base.index.slice(link, action)
    return slice.some(({ json }) => json.effect === "permit") && !slice.some(alwaysForbids)
  })
}

/** Answers whether a policy forbids whatever it speaks of, with nothing that anybody could do about it. */
export function alwaysForbids({ json, kind }: ParsedPolicy): boolean {
  return (
    json.effect === "forbid" && kind === "plain" && json.conditions.length === 0 && json.resource.op === "All"
  )
}
