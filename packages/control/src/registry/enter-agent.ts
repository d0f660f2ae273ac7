import { type Agent, newId, Problem, type User } from "@tabard/core"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import type { AssessStores } from "../findings/reassess-agents.ts"
import { refreshFindings } from "../findings/refresh-findings.ts"
import { openOffer } from "../lifecycle/open-offer.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type Caller, isSteward } from "./caller.ts"
import { stateFacts } from "./describe-agent.ts"
import type { Description, DescriptionChange } from "./description.ts"
import { requirePersonByEmail } from "./require-person.ts"

type EnteringStores = "maintainers" | "offers" | "outbox" | "users" | keyof AssessStores

export interface EnterAgentDeps extends RecordContext {
  readonly transact: Transact<EnteringStores>
}

/** An agent that a person knows of and no scan has to have seen. */
export interface AgentEntry {
  readonly description: DescriptionChange & Pick<Description, "name">
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
    const agent = await enter(deps, tx, by, { description: entry.description, owner })
    await refreshFindings(deps, tx, [agent.id])
    return agent
  })
}

/** Enters an agent within a transaction that goes on. */
export async function enter(
  deps: RecordContext,
  tx: Pick<Transaction, EnteringStores>,
  by: Caller,
  { description, owner }: { description: AgentEntry["description"]; owner: User | undefined },
): Promise<Agent> {
  const at = deps.clock.now()
  const agent: Agent = {
    id: newId("agent", deps.clock),
    state: owner && typeof description.purpose === "string" ? "proposed" : "discovered",
    owner: owner?.id === by.id ? by.id : null,
    mandate: null,
    createdAt: at,
  }
  await tx.agents.insert(agent)
  const actor = { kind: "user", id: by.id } as const
  const common = { actor, agent: agent.id, owner: agent.owner }
  await recordEvent(deps, tx.outbox, { ...common, type: "agent.entered", data: { name: description.name } })
  await tx.facts.put({
    subject: agent.id,
    name: "origin",
    kind: "declared",
    source: by.id,
    value: BY_HAND,
    at,
  })
  await stateFacts(deps, tx, { agent, by, change: description, kind: "declared" })
  if (owner && owner.id !== by.id)
    await openOffer(deps, tx, { agent, by, to: owner.id, note: null, terms: null })
  return agent
}
