import {
  type Agent,
  type AgentState,
  effectiveFacts,
  type Fact,
  type FactKind,
  type Id,
  type Json,
  Problem,
} from "@tabard/core"
import { checkManifest } from "@tabard/intent"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { guardRailsLeft } from "../decisions/guard-rails-left.ts"
import { standBehind } from "../decisions/oversee-widening.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
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
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed, second_person_needed
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
    const kind = insist ? "overridden" : "declared"
    await assertMayActThere(tx, { agent, by, change, kind })
    await reassessAgents(deps, tx, await stateFacts(deps, tx, [{ agent, by, change, kind }]))
    return agent
  })
}

/**
 * Lets a statement through that says nothing of where an agent acts, or that whoever makes it may say of it: it is what the manifest
 * says, unless it is insisted on, and where guard-rails would hold no more it is somebody else's to say.
 *
 * @throws {Problem} agent_state_conflict, second_person_needed
 */
export async function assertMayActThere(
  tx: Pick<Transaction, DescribingStores>,
  statement: Statement,
): Promise<void> {
  const { agent, change, kind } = statement
  if (kind === "declared") await assertAsManifest(tx, agent, change)
  if (agent.mandate) await assertOverseen(tx, statement)
}

/** Where an agent acts says which guard-rails hold for it. */
async function assertOverseen(
  tx: Pick<Transaction, DescribingStores>,
  { agent, by, kind, change }: Statement,
): Promise<void> {
  const { environment } = change
  if (environment === undefined) return
  const leaves = await guardRailsLeft(tx, { agent: agent.id, environment, kind })
  if (leaves.length > 0 || (await loosens(tx, agent, change))) await standBehind(tx, agent, by, leaves)
}

/** Less is forbidden anywhere than in production, which counts where nobody says otherwise. */
async function loosens(
  { facts }: Pick<Transaction, "facts">,
  { id }: Pick<Agent, "id">,
  { environment }: DescriptionChange,
): Promise<boolean> {
  if (environment === undefined || environment === "production") return false
  const holding = effectiveFacts(await facts.of([id])).get("environment")?.value
  return !saysSame(holding ?? null, environment)
}

/** What is stated of which agent, by whom, in which strength. */
export interface Statement {
  readonly agent: Agent
  readonly by: Caller
  readonly change: DescriptionChange
  readonly kind: Exclude<FactKind, "observed">
}

/**
 * States facts within a transaction that goes on, with their events; what says nothing new is passed over. Answers the
 * agents of which something was said anew; they are still to be assessed.
 */
export async function stateFacts(
  deps: RecordContext,
  tx: Pick<Transaction, DescribingStores>,
  statements: readonly Statement[],
): Promise<readonly Id<"agent">[]> {
  const said = Map.groupBy(
    await tx.facts.of(statements.map(({ agent }) => agent.id)),
    ({ subject }) => subject,
  )
  const news = statements
    .map((statement) => ({ ...statement, anew: newIn(statement, said.get(statement.agent.id) ?? []) }))
    .filter(({ anew }) => anew.length > 0)
  if (news.length === 0) return []

  const at = deps.clock.now()
  await tx.facts.putAll(
    news.flatMap(({ agent, by, kind, anew }) =>
      anew.flatMap(([name, value]) =>
        value === null ? [] : [{ subject: agent.id, name, kind, source: by.id, value, at }],
      ),
    ),
  )
  for (const { agent, kind, anew } of news) {
    for (const [name, value] of anew) if (value === null) await tx.facts.remove(agent.id, name, [kind])
  }
  await tx.organisation.bumpVersion()
  await recordEvents(deps, tx.outbox, news.map(describedEvent))
  return news.map(({ agent }) => agent.id)
}

type Stated = readonly (readonly [string, Json])[]

/** What of a statement is not said already in its strength: another value, or one to take back. */
function newIn({ change, kind }: Statement, facts: readonly Fact[]): Stated {
  const standing = facts.filter((fact) => fact.kind === kind)
  return statementsOf(change).filter(([name, value]) => {
    const said = newest(standing.filter((fact) => fact.name === name))
    return value === null ? said !== undefined : said === undefined || !saysSame(said.value, value)
  })
}

function describedEvent({ agent, by, kind, anew }: Statement & { anew: Stated }): AuditEvent {
  const data = { kind, facts: Object.fromEntries(anew) }
  const actor = { kind: "user", id: by.id } as const
  return { type: "agent.described", actor, agent: agent.id, owner: agent.owner, data }
}

/**
 * Lets through who may say what describes an agent.
 *
 * @throws {Problem} not_allowed
 */
export async function assertMayDescribe(
  { maintainers }: Pick<Transaction, "maintainers">,
  agent: Pick<Agent, "id" | "owner">,
  { by, insist }: { by: Caller; insist: boolean },
): Promise<void> {
  if (isSteward(by)) return
  if (insist) throw new Problem("not_allowed", "only security and administrators can insist")
  if (by.id === agent.owner || (await maintainers.helps(agent.id, by.id))) return
  throw new Problem(
    "not_allowed",
    "only the agent's owner and maintainers, security and administrators may do this",
  )
}

/**
 * Lets through a change of which this agent's state and mandate leave room.
 *
 * @throws {Problem} agent_state_conflict
 */
export function assertDescribable({ state, mandate }: Agent, change: DescriptionChange): void {
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

/**
 * Lets through what does not speak against the manifest in force: what that says of where the agent acts is said there alone.
 *
 * @throws {Problem} agent_state_conflict
 */
async function assertAsManifest(
  { policies }: Pick<Transaction, "policies">,
  { id }: Pick<Agent, "id">,
  { environment }: DescriptionChange,
): Promise<void> {
  if (environment === undefined) return
  const { source = null } = (await policies.current("intent", id)) ?? {}
  const said = source === null ? undefined : checkManifest(source).manifest?.environment
  if (said === undefined || said === environment) return
  throw new Problem(
    "agent_state_conflict",
    `its manifest says that it acts in ${said}: put a manifest in force that says otherwise`,
  )
}

function newest(facts: readonly Fact[]): Fact | undefined {
  return facts.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
}
