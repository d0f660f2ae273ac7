import { type Agent, type ClientGrant, type ClientId, type Fact, type Id, newId } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"

/** A client as it introduced itself: what it says of itself, and where that can be held against. */
export interface IntroducedClient {
  readonly id: ClientId
  readonly name: string
  /** The host that its address proves; null for one that was registered here. */
  readonly host: string | null
}

/** The stores in which the agent of a person's client is looked for, and made. */
export type MatchingStores = "agents" | "clientGrants" | "facts" | "outbox"

/** Where an agent comes from that a person signed in, as the value of its fact `origin`. */
export const BY_SIGN_IN = "signed in"

/** Who says what is known of such an agent. */
const SOURCE = "sign-in"

/**
 * Answers the agent that a person's client is, discovered where nobody knew of it: one for each person and client, also
 * where many ask at once. One that was retired is never taken up again.
 */
export async function agentOfClient(
  deps: RecordContext,
  tx: Pick<Transaction, MatchingStores>,
  { user, client }: { user: Id<"user">; client: IntroducedClient },
): Promise<{ readonly grant: ClientGrant; readonly agent: Agent }> {
  const known = await tx.clientGrants.find(user, client.id)
  const standing = known && (await agentStanding(tx, known))
  if (known && standing) return { grant: known, agent: standing }

  const agent = newAgent(deps)
  const askedAt = deps.clock.now()
  const anew = { agent: agent.id, name: client.name, askedAt }
  if (known) await tx.clientGrants.askAnew(known.id, anew)
  else await tx.clientGrants.ask(newGrant(deps, { ...anew, user, client: client.id }))
  await discover(deps, tx, { user, client, agent })
  const grant = await tx.clientGrants.find(user, client.id)
  if (!grant) throw new Error("a grant that was asked for is there")
  return { grant, agent }
}

/** Answers the agent as it stands for itself, or as what it was merged into; undefined where it ended for ever. */
export async function agentStanding(
  { agents }: Pick<Transaction, "agents">,
  { agent: id }: Pick<ClientGrant, "agent">,
): Promise<Agent | undefined> {
  const into = (await agents.mergedInto([id])).get(id)
  const agent = await agents.find(into ?? id)
  return agent?.state === "retiring" || agent?.state === "retired" ? undefined : agent
}

function newAgent({ clock }: RecordContext): Agent {
  return {
    id: newId("agent", clock),
    state: "discovered",
    owner: null,
    mandate: null,
    createdAt: clock.now(),
  }
}

type Asked = Pick<ClientGrant, "agent" | "name" | "askedAt" | "user" | "client">

function newGrant({ clock }: RecordContext, asked: Asked): ClientGrant {
  return {
    ...asked,
    id: newId("clientGrant", clock),
    instance: null,
    agreedAt: null,
    endedAt: null,
    signedOut: false,
  }
}

async function discover(
  deps: RecordContext,
  { agents, facts, outbox }: Pick<Transaction, "agents" | "facts" | "outbox">,
  { user, client, agent }: { user: Id<"user">; client: IntroducedClient; agent: Agent },
): Promise<void> {
  await agents.insert(agent)
  const common = { subject: agent.id, kind: "observed", source: SOURCE, at: deps.clock.now() } as const
  const known: readonly Fact[] = [
    { ...common, name: "name", value: client.name },
    { ...common, name: "origin", value: BY_SIGN_IN },
  ]
  await facts.putAll(known)
  await recordEvent(deps, outbox, {
    type: "agent.discovered",
    actor: { kind: "user", id: user },
    agent: agent.id,
    data: { name: client.name, category: null, client: client.id, confidence: null },
  })
}
