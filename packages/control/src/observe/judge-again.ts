import { type Agent, type Effect, type Id, Problem } from "@tabard/core"
import {
  type AgentFacts,
  checkPolicies,
  compileSchema,
  decide,
  joinPolicies,
  type PinnedTool,
  type PolicyBase,
  type Question,
} from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { leftOf } from "../budgets/count-budgets.ts"
import { describedBy } from "../decisions/described-by.ts"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import type { PolicySet } from "../decisions/policy-store.ts"
import { byHandOf } from "../policies/own-address.ts"
import type { Transaction } from "../transaction.ts"
import { systemBehind, UNKNOWN_SYSTEM } from "../upstreams/system-behind.ts"
import type { ObservedCall } from "./observe-store.ts"

/** A call that was observed, judged by what would be in force. */
export interface JudgedAgain {
  readonly call: ObservedCall
  readonly effect: Effect
  readonly code: string
  readonly reasons: readonly string[]
  /** What would be needed instead. */
  readonly missing: string
  /** Some of its arguments were not kept, so that a limit on them may answer otherwise. */
  readonly isUncertain: boolean
}

/** What calls are judged again by. */
export interface JudgingAgain {
  readonly agent: Agent
  readonly calls: readonly ObservedCall[]
  /** In place of the manifest in force. */
  readonly draft?: PolicySet
}

export type JudgeAgainStores = Pick<Transaction, "facts" | "organisation" | "policies" | "risks" | "servers">

/** The run of a call that was in one: what it was bound by itself is in what the other links answered. */
const SOME_RUN: Id<"task"> = "tsk_observed"
const RUN_PERMITS = [
  { id: "observe/run", text: `permit (principal == Tabard::Task::"${SOME_RUN}", action, resource);` },
]

/**
 * Answers what would be decided of each call by the tools, guard-rails and ceilings of now and by the manifest in force or a draft. What
 * the other links of its chain answered counts as it was. A call of which no arguments were kept is left out.
 *
 * @throws {Problem} agent_state_conflict
 */
export async function judgeAgain(
  { organisation }: Pick<RecordContext, "organisation">,
  tx: JudgeAgainStores,
  { agent, calls, draft }: JudgingAgain,
): Promise<readonly JudgedAgain[]> {
  const facts = await agentFactsOf(tx, agent)
  const sets = await setsOf(tx, agent, draft)
  const judged: JudgedAgain[] = []
  for (const [server, own] of Map.groupBy(calls, (call) => call.server)) {
    const pinned = (await tx.servers.pinned(server)).map(pinnedTool)
    const base = await baseOf(tx, pinned, sets)
    const upstream = await tx.servers.find(server)
    const system = upstream ? systemBehind(upstream) : UNKNOWN_SYSTEM
    for (const call of own) {
      const question = questionAgain(call, facts, system)
      if (!question) continue
      const isUncertain = mayDependOn(call, pinned, sets)
      const decided = again(base, call, { ...question, organisation: organisation.id })
      judged.push({ ...decided, isUncertain })
    }
  }
  return judged
}

async function agentFactsOf(tx: JudgeAgainStores, { id, owner, mandate, state }: Agent): Promise<AgentFacts> {
  if (!mandate)
    throw new Problem("agent_state_conflict", `${id} is ${state}: only an adopted agent was observed`)
  const { category, risk } = await describedBy(tx, [id])
  return { id, tier: mandate.tier, category, risk, ...(owner && { owner }) }
}

async function setsOf(
  { policies }: JudgeAgainStores,
  { id }: Agent,
  draft: PolicySet | undefined,
): Promise<readonly PolicySet[]> {
  const inForce = await policies.concerning([id, byHandOf(id)])
  if (!draft) return inForce
  return [...inForce.filter(({ kind, subject }) => kind !== "intent" || subject !== id), draft]
}

async function baseOf(
  tx: JudgeAgainStores,
  pinned: readonly PinnedTool[],
  sets: readonly PolicySet[],
): Promise<PolicyBase> {
  const schema = compileSchema(pinned, { isPart: true })
  const parts = [...sets.map(({ policies }) => policies), RUN_PERMITS].map((policies) =>
    checkPolicies(schema, policies),
  )
  return joinPolicies({ schema, version: await tx.organisation.version(), parts })
}

function questionAgain(
  { arguments: args, at, server, tool, digest, circumstances }: ObservedCall,
  agent: AgentFacts,
  system: string,
): Omit<Question, "organisation"> | undefined {
  if (!args) return undefined
  const { task, door, environment: env, bound, posture, ip } = circumstances
  const session = { now: at, door, env, bound, posture, left: leftOf([], null), approved: [] }
  return {
    action: { tool, digest, arguments: args },
    server: { id: server, system },
    links: { agents: [agent], ...(task && { task: { id: SOME_RUN, agent: agent.id } }) },
    session: { ...session, ...(ip !== undefined && { ip }) },
  }
}

function again(base: PolicyBase, call: ObservedCall, question: Question): Omit<JudgedAgain, "isUncertain"> {
  const { effect, code, reasons, erred, missing } = decide(base, question)
  // What another link refused or asked is not changed by this agent's manifest.
  if (STRICTNESS[call.others] > STRICTNESS[effect]) {
    const { others, reasons: before } = call
    return { call, effect: others, code: "other_link", reasons: before, missing: OTHERS }
  }
  return { call, effect, code, reasons: [...reasons, ...erred], missing }
}

/**
 * Whether something that was not kept of a call could bring about another answer: it is what the call acts on, or some policy
 * names it. Contents that nobody judges are no reason to doubt.
 */
function mayDependOn(
  { tool, withheld }: ObservedCall,
  pinned: readonly PinnedTool[],
  sets: readonly PolicySet[],
): boolean {
  const roles = pinned.find(({ name }) => name === tool)?.roles ?? {}
  return withheld.some((place) => {
    const [name = ""] = place.split(".")
    const isContent = (roles[name] ?? []).every((role) => role === "content" || role === "code")
    // A name that policies would spell otherwise is not looked for.
    if (!isContent || !/^\w+$/.test(name)) return true
    return sets.some(({ policies }) => policies.some(({ text }) => text.includes(name)))
  })
}

const STRICTNESS: Readonly<Record<Effect, number>> = { permit: 0, ask: 1, deny: 2 }
const OTHERS =
  "somebody else on the chain of this call did not permit it; the manifest of this agent does not change that"
