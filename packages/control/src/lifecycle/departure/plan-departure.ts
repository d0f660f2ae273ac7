import type { Agent, AgentState, Id, Settings, StepWish, Task, User } from "@tabard/core"
import type { ApiToken } from "../../api-tokens/api-token-store.ts"
import { DAY_MS } from "../mandate/ends-ahead.ts"

/** What a step of a departure does. */
export const DEPARTURE_STEPS = [
  "revoke-api-token",
  "end-client",
  "revoke-served-tokens",
  "close-task",
  "withdraw-question",
  "withdraw-offer",
  "end-helping",
  "hand-over",
  "suspend",
] as const

/** One kind of step of a departure. */
export type DepartureStep = (typeof DEPARTURE_STEPS)[number]

/** Why somebody is asked to own what a leaver owned. */
export type AskedAs = "successor" | "default-successor" | "manager"

/** Who is asked, in their turn. */
export interface Candidate {
  readonly user: Id<"user">
  readonly as: AskedAs
}

/** What a person leaves behind. */
export interface Estate {
  readonly person: User
  readonly now: Date
  readonly settings: Pick<Settings, "leaverGraceDays">
  /** The agents that they own, each with who is asked to take it over. */
  readonly agents: readonly { readonly agent: Agent; readonly candidates: readonly Candidate[] }[]
  readonly apiTokens: readonly Pick<ApiToken, "id">[]
  readonly clientGrants: readonly { readonly id: string; readonly agent: Id<"agent"> }[]
  /** How many live tokens of agents serve them. */
  readonly servedTokens: number
  /** The open tasks that serve them. */
  readonly tasks: readonly Pick<Task, "id" | "agent">[]
  /** The questions that nobody but them could answer. */
  readonly questions: readonly { readonly id: string; readonly agent: Id<"agent"> }[]
  /** The agents that they are asked to take over. */
  readonly offers: readonly { readonly id: string; readonly agent: Id<"agent"> }[]
  /** The agents that they help with by themselves. */
  readonly helps: readonly Id<"agent">[]
}

/** What is going or gone needs nobody new to answer for it. */
const PAST_OWNING: readonly AgentState[] = ["dismissed", "retiring", "retired"]

/**
 * Answers what follows from a person's leaving, step by step: what was theirs to use ends, what waits for them is taken
 * back, and each agent is offered to one candidate after another, and suspended where nobody took it in time. Pure: what
 * is shown before is what is run.
 */
export function planDeparture(estate: Estate): readonly StepWish[] {
  return [...ending(estate), ...estate.agents.flatMap((owned) => handingOver(estate, owned))]
}

function ending(estate: Estate): readonly StepWish[] {
  const { person, now, tasks, questions, offers, helps } = estate
  const step = (does: DepartureStep, to: string, agent: Id<"agent"> | null): StepWish => {
    return { does, to, agent, with: {}, due: now }
  }
  return [
    ...estate.apiTokens.map(({ id }) => step("revoke-api-token", id, null)),
    ...estate.clientGrants.map(({ id, agent }) => step("end-client", id, agent)),
    ...tasks.map(({ id, agent }) => step("close-task", id, agent)),
    ...(estate.servedTokens > 0 ? [step("revoke-served-tokens", person.id, null)] : []),
    ...questions.map(({ id, agent }) => step("withdraw-question", id, agent)),
    ...offers.map(({ id, agent }) => step("withdraw-offer", id, agent)),
    ...helps.map((agent) => step("end-helping", agent, agent)),
  ]
}

function handingOver(
  { now, settings }: Estate,
  { agent: { id, state }, candidates }: Estate["agents"][number],
): readonly StepWish[] {
  if (PAST_OWNING.includes(state)) return []
  const grace = new Date(now.getTime() + settings.leaverGraceDays * DAY_MS)
  const offers = candidates.map(({ user, as }): StepWish => {
    return { does: "hand-over", to: id, agent: id, with: { user, as }, due: now }
  })
  return [...offers, { does: "suspend", to: id, agent: id, with: {}, due: grace }]
}
