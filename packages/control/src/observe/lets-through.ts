import type { Id } from "@tabard/core"
import { type PolicyDecision, type PolicyText, quote } from "@tabard/policy"
import type { Acting } from "../decisions/question.ts"
import { byHandOf } from "../policies/own-address.ts"

/** Whose own bounds are rehearsed: an agent's, and those of the run that it acts in. */
export interface Rehearsed {
  readonly agent: Id<"agent">
  readonly task?: Id<"task">
}

/** Answers whose bounds are rehearsed where `principal` is observed. An agent that it acts for is not. */
export function rehearsedOf({ agent, task }: Pick<Acting, "agent" | "task">): Rehearsed {
  return { agent: agent.id, ...(task && { task: task.id }) }
}

/** Answers the subjects whose policies do not count while they are rehearsed. */
export function subjectsRehearsed({ agent, task }: Rehearsed): readonly string[] {
  return [agent, byHandOf(agent), ...(task ? [task] : [])]
}

/** Answers what stands in their place: leave to do anything, which guard-rails and ceilings bound as they bind everybody. */
export function inTheirPlace({ agent, task }: Rehearsed): readonly PolicyText[] {
  const principals = [`Tabard::Agent::${quote(agent)}`, ...(task ? [`Tabard::Task::${quote(task)}`] : [])]
  return principals.map((principal, at) => ({
    id: `observe/${agent}/${at + 1}`,
    text: `@say("anything, while it is observed")\npermit (principal == ${principal}, action, resource);`,
  }))
}

/**
 * Answers whether what holds in observe mode lets a call through: nothing forbids it to the agent and its run, and everybody
 * else on the chain permits it. What people would be asked about the agent itself is rehearsed as well.
 */
export function letsThrough({ links }: Pick<PolicyDecision, "links">, { agent, task }: Rehearsed): boolean {
  return links.every(({ id, effect }) =>
    id === agent || id === task ? effect !== "deny" : effect === "permit",
  )
}
