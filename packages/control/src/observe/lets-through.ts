import { type Id, readAskRoute } from "@tabard/core"
import { type PolicyDecision, type PolicyText, quote } from "@tabard/policy"
import type { PolicySet, PolicySetKind } from "../decisions/policy-store.ts"
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

/** Policies under the name that says which they are. */
export interface NamedPolicies {
  readonly id: string
  readonly policies: readonly PolicyText[]
}

/** A set as far as it is told whose it is. */
export type OwnedPolicies = NamedPolicies & Pick<PolicySet, "kind" | "subject">

/** What an agent and its run are bound by themselves. */
const OWN_BOUNDS: readonly PolicySetKind[] = ["intent", "task", "window"]

/** Answers what holds while somebody's own bounds are rehearsed: everybody else's policies, and leave to do anything in the place of theirs. */
export function whileRehearsed(sets: readonly OwnedPolicies[], whose: Rehearsed): readonly NamedPolicies[] {
  const subjects = subjectsRehearsed(whose)
  // The person's side of a run is theirs, whatever it is kept under.
  const others = sets.filter(({ kind, subject }) => !OWN_BOUNDS.includes(kind) || !subjects.includes(subject))
  return [...others, { id: `rehearsed ${subjects.join(" ")}`, policies: inTheirPlace(whose) }]
}

/** Guard-rails and ceilings bound it as they bind everybody. */
function inTheirPlace({ agent, task }: Rehearsed): readonly PolicyText[] {
  const principals = [`Tabard::Agent::${quote(agent)}`, ...(task ? [`Tabard::Task::${quote(task)}`] : [])]
  return principals.map((principal, at) => ({
    id: `observe/${agent}/${at + 1}`,
    text: `@say("anything, while it is observed")\npermit (principal == ${principal}, action, resource);`,
  }))
}

/**
 * Answers whether what holds in observe mode lets a call through: nothing forbids it to the agent and its run, and everybody
 * else on the chain permits it. What its owner could agree to alone is rehearsed as well; whoever else everybody's policies ask is asked.
 */
export function letsThrough(
  { asks, links }: Pick<PolicyDecision, "asks" | "links">,
  { agent, task }: Rehearsed,
): boolean {
  // Where nobody was asked about the agent nothing is known of it.
  const isJudged = links.some(({ id }) => id === agent)
  return (
    isJudged &&
    links.every(({ id, effect }) =>
      id === agent || id === task ? effect !== "deny" : effect === "permit",
    ) &&
    asks.every(({ route }) => isOwners(route))
  )
}

/** Whether the owner's yes would be enough: it is their word, or that of somebody above them, by which the agent is observed. */
function isOwners(route: string): boolean {
  const { needed, of } = readAskRoute(route) ?? { needed: 1, of: [] }
  return needed === 1 && of.some((asked) => asked.kind === "party" && asked.party === "owner")
}
