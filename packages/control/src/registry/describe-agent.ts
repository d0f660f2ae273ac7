import { type Agent, type AgentState, type Fact, type FactKind, type Json, Problem } from "@tabard/core"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import type { AssessStores } from "../findings/reassess-agents.ts"
import { refreshFindings } from "../findings/refresh-findings.ts"
import { rescoreAgents } from "../risk/rescore-agents.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type Caller, isSteward } from "./caller.ts"
import { type DescriptionChange, saysSame, statementsOf } from "./description.ts"
import { findAgent } from "./find-agent.ts"

type DescribingStores = "maintainers" | "outbox" | keyof AssessStores

export interface DescribeAgentDeps extends RecordContext {
  readonly transact: Transact<DescribingStores>
}

/** What a person says of an agent. */
export interface DescriptionRequest {
  readonly agent: string
  readonly change: DescriptionChange
  /** Whether it stands above what owner and maintainers declare; for security and administrators. */
  readonly insist?: boolean | undefined
}

const GONE: readonly AgentState[] = ["dismissed", "retired"]

/**
 * States what describes an agent, or takes such statements back. What was seen is never touched: a statement stands
 * above it for as long as it stands, and once it is taken back what was seen holds again.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function describeAgent(
  deps: DescribeAgentDeps,
  by: Caller,
  { agent: id, change, insist = false }: DescriptionRequest,
): Promise<Agent> {
  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    await assertMayDescribe(tx, agent, { by, insist })
    assertDescribable(agent, change)
    await stateFacts(deps, tx, { agent, by, change, kind: insist ? "overridden" : "declared" })
    await refreshFindings(deps, tx, [agent.id])
    return agent
  })
}

/** What is stated of which agent, by whom, in which strength. */
export interface Statement {
  readonly agent: Agent
  readonly by: Caller
  readonly change: DescriptionChange
  readonly kind: Exclude<FactKind, "observed">
}

/** States facts within a transaction that goes on, with their event; what says nothing new is passed over. */
export async function stateFacts(
  deps: RecordContext,
  tx: Pick<Transaction, DescribingStores>,
  { agent, by, change, kind }: Statement,
): Promise<void> {
  const standing = (await tx.facts.of([agent.id])).filter((fact) => fact.kind === kind)
  const changed: Record<string, Json> = {}
  for (const [name, value] of statementsOf(change)) {
    const said = newest(standing.filter((fact) => fact.name === name))
    if (value === null ? said === undefined : said !== undefined && saysSame(said.value, value)) continue
    if (value === null) await tx.facts.remove(agent.id, name, [kind])
    else await tx.facts.put({ subject: agent.id, name, kind, source: by.id, value, at: deps.clock.now() })
    changed[name] = value
  }
  if (Object.keys(changed).length === 0) return

  await tx.organisation.bumpVersion()
  await recordEvent(deps, tx.outbox, {
    type: "agent.described",
    actor: { kind: "user", id: by.id },
    agent: agent.id,
    owner: agent.owner,
    data: { kind, facts: changed },
  })
  await rescoreAgents(deps, tx, [agent.id])
}

async function assertMayDescribe(
  { maintainers }: Pick<Transaction, "maintainers">,
  agent: Agent,
  { by, insist }: { by: Caller; insist: boolean },
): Promise<void> {
  if (isSteward(by)) return
  if (insist) throw new Problem("not_allowed", "only security and administrators can insist")
  const helps = (await maintainers.of([agent.id])).some(({ user }) => user === by.id)
  if (by.id === agent.owner || helps) return
  throw new Problem(
    "not_allowed",
    "only the agent's owner and maintainers, security and administrators may do this",
  )
}

function assertDescribable({ state, mandate }: Agent, change: DescriptionChange): void {
  if (GONE.includes(state)) {
    throw new Problem("agent_state_conflict", `the agent is ${state}: there is nothing to describe any more`)
  }
  if (mandate && change.purpose !== undefined) {
    throw new Problem(
      "agent_state_conflict",
      "its purpose is part of its mandate, which its owner accepted: it cannot be described otherwise",
    )
  }
}

function newest(facts: readonly Fact[]): Fact | undefined {
  return facts.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
}
