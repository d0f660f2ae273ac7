import { alwaysForbids } from "./could-permit.ts"
import { linksOf } from "./entities.ts"
import { actionId, type PinnedTool } from "./pinned-tool.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { AgentFacts } from "./question.ts"

/** What policies come to for one agent and one tool, by whom and what they speak of; `nothing` where no permit does. */
export type ScopeVerdict = "permit" | "ask" | "deny" | "nothing"

/** One agent by itself, and a tool. */
export interface AgentAndTool {
  readonly organisation: string
  readonly agent: AgentFacts
  readonly tool: Pick<PinnedTool, "server" | "name">
}

/** The verdict, and the policies that speak on it. */
export interface ScopeReading {
  readonly verdict: ScopeVerdict
  readonly policies: readonly string[]
}

/**
 * Answers what an agent's policies come to for a tool. It reads scopes alone: `permit` means that some call can be, and a
 * condition may still deny another.
 */
export function readScopes(base: PolicyBase, { organisation, agent, tool }: AgentAndTool): ScopeReading {
  const slice = sliceOf(base, { organisation, agent, tool })
  const policies = slice.map(({ id }) => id)
  if (!slice.some(({ json }) => json.effect === "permit")) return { verdict: "nothing", policies }
  if (slice.some(alwaysForbids)) return { verdict: "deny", policies }
  return { verdict: slice.some(({ kind }) => kind === "ask") ? "ask" : "permit", policies }
}

/** How a document of policies changes what speaks on one agent and one tool. */
export interface ScopeChange {
  /** Texts that speak after, and did not before. */
  readonly forbids: "none" | "some" | "always"
  readonly permits: boolean
  /** The ids of the policies that spoke before, and do so no more. */
  readonly gone: readonly string[]
}

/** Answers what one base says on an agent and a tool that another does not. */
export function compareScopes(before: PolicyBase, after: PolicyBase, of: AgentAndTool): ScopeChange {
  const was = sliceOf(before, of)
  const is = sliceOf(after, of)
  const added = is.filter(({ text }) => !was.some((one) => one.text === text))
  const gone = was.filter(({ text }) => !is.some((one) => one.text === text))
  const forbids = added.filter(({ json }) => json.effect === "forbid")
  return {
    forbids: forbids.some(alwaysForbids) ? "always" : forbids.length > 0 ? "some" : "none",
    permits: added.some(({ json }) => json.effect === "permit"),
    gone: gone.map(({ id }) => id),
  }
}

function sliceOf(
  base: PolicyBase,
  { organisation, agent, tool }: AgentAndTool,
): ReturnType<PolicyBase["index"]["slice"]> {
  const action = base.schema.actions.get(actionId(tool))
  const [link] = linksOf({ organisation, links: { agents: [agent] } })
  return action && link ? base.index.slice(link, action) : []
}
