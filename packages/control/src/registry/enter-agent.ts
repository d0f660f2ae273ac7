import { type Agent, type Fact, type Json, newId, Problem, type User } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { openOffers } from "../lifecycle/open-offer.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type Caller, isSteward } from "./caller.ts"
import { type Description, type DescriptionChange, statementsOf } from "./description.ts"
import { requirePersonByEmail } from "./require-person.ts"

/** The stores that entering agents touches. */
export type EnteringStores = "maintainers" | "offers" | "outbox" | "users" | keyof AssessStores

export interface EnterAgentDeps extends RecordContext {
  readonly transact: Transact<EnteringStores>
}

/** What is said of an agent that is entered. */
export type EntryDescription = DescriptionChange & Pick<Description, "name">

/** An agent that a person knows of and no scan has to have seen. */
export interface AgentEntry {
  readonly description: EntryDescription
  /** The email of who is to own it; nobody where it is absent. */
  readonly owner?: string | undefined
}

/** Where an agent comes from that no scan saw, as the value of its fact `origin`. */
export const BY_HAND = "by hand"

/**
 * Enters an agent by hand. It is discovered, or, where somebody says what it is for and who is to own it, proposed. Who
 * names themselves as its owner is it; anybody else is asked.
 *
 * @throws {Problem} person_not_found, not_allowed
 */
export async function enterAgent(deps: EnterAgentDeps, by: Caller, entry: AgentEntry): Promise<Agent> {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators enter agents by hand")
  return deps.transact(async (tx) => {
    const owner = entry.owner === undefined ? undefined : await requirePersonByEmail(tx.users, entry.owner)
    const [agent] = await enterAll(deps, tx, by, [{ description: entry.description, owner }])
    if (!agent) throw new Error("an agent that was entered is answered")
    await reassessAgents(deps, tx, [agent.id])
    return agent
  })
}

/** What is entered, with its owner where there is to be one. */
interface Entering {
  readonly description: EntryDescription
  readonly owner: User | undefined
}

/** Enters agents within a transaction that goes on, and answers them in their order; they are still to be assessed. */
export async function enterAll(
  deps: RecordContext,
  tx: Pick<Transaction, EnteringStores>,
  by: Caller,
  entries: readonly Entering[],
): Promise<readonly Agent[]> {
  const entered = entries.map((entry) => ({ ...entry, agent: newAgent(deps, by, entry) }))
  const agents = entered.map(({ agent }) => agent)
  await tx.agents.insertAll(agents)
  const facts = entered.map(({ agent, description }) => factsOf(deps, by, { agent, description }))
  await tx.facts.putAll(facts.flat())
  await recordEvents(
    deps,
    tx.outbox,
    agents.map((agent, at) => enteredEvent(by, agent, facts[at] ?? [])),
  )
  const offers = entered.flatMap(({ agent, owner }) =>
    owner && owner.id !== by.id ? [{ agent, by, to: owner.id, note: null, terms: null }] : [],
  )
  await openOffers(deps, tx, offers)
  return agents
}

function newAgent({ clock }: RecordContext, by: Caller, { description, owner }: Entering): Agent {
  return {
    id: newId("agent", clock),
    state: owner && typeof description.purpose === "string" ? "proposed" : "discovered",
    owner: owner?.id === by.id ? by.id : null,
    mandate: null,
    createdAt: clock.now(),
  }
}

function factsOf(
  { clock }: RecordContext,
  by: Caller,
  { agent, description }: { agent: Agent; description: EntryDescription },
): readonly Fact[] {
  const at = clock.now()
  const stated: readonly (readonly [string, Json])[] = [...statementsOf(description), ["origin", BY_HAND]]
  return stated.flatMap(([name, value]) =>
    value === null ? [] : [{ subject: agent.id, name, kind: "declared", source: by.id, value, at }],
  )
}

function enteredEvent(by: Caller, { id, owner }: Agent, facts: readonly Fact[]): AuditEvent {
  const data = Object.fromEntries(facts.map(({ name, value }) => [name, value]))
  return { type: "agent.entered", actor: { kind: "user", id: by.id }, agent: id, owner, data }
}
