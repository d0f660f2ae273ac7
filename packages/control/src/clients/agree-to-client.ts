import { type Agent, type ClientGrant, type Id, type Instance, newId, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { requireActiveAgent } from "../tokens/require-active-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { adoptByRule } from "./adopt-by-rule.ts"
import { agentOfClient, type IntroducedClient, type MatchingStores } from "./agent-of-client.ts"
import { assertWelcome, type ProvidersWord } from "./assert-welcome.ts"

/** The stores that agreeing to a client touches. */
export type AgreeingStores =
  | MatchingStores
  | "clients"
  | "instances"
  | "organisation"
  | "users"
  | keyof AssessStores

/** What agreeing to a client needs. */
export interface AgreeToClientDeps extends RecordContext {
  readonly transact: Transact<AgreeingStores>
}

/** What came of a person's yes: their client may act as an agent, or somebody has to do something about it first. */
export type AgreedClient =
  | { readonly kind: "agreed"; readonly grant: ClientGrant; readonly agent: Agent }
  | { readonly kind: "waiting"; readonly agent: Agent; readonly why: Problem }

/**
 * Lets a client act for a person, as an agent of its own. The client of a person whom nobody has vouched for is a
 * discovered agent, and stays without a token until somebody adopts it: a yes on a page is no adoption. Where a rule of
 * an administrator's adopts it, the person answers for it from now on.
 *
 * @throws {Problem} client_grant_not_found, where the provider's word does not let the client in again
 */
export async function agreeToClient(
  deps: AgreeToClientDeps,
  user: User,
  client: IntroducedClient,
  word?: ProvidersWord,
): Promise<AgreedClient> {
  return deps.transact(async (tx) => {
    if (word) await assertWelcome(tx, await tx.clientGrants.find(user.id, client.id), word)
    const { grant, agent } = await agentOfClient(deps, tx, { user: user.id, client })
    await adoptByRule(deps, tx, { user, client, agent })
    await reassessAgents(deps, tx, [agent.id])
    const stands = await standsNow(tx, agent.id, deps.clock.now())
    if ("refused" in stands) return { kind: "waiting", agent: stands.agent ?? agent, why: stands.refused }
    return { kind: "agreed", agent: stands.agent, grant: await agree(deps, tx, { grant, client, agent }) }
  })
}

/** A refusal is answered, not thrown: the agent that was discovered has to stay. */
async function standsNow(
  tx: Pick<Transaction, "agents" | "users">,
  id: Id<"agent">,
  now: Date,
): Promise<{ readonly agent: Agent } | { readonly agent: Agent | undefined; readonly refused: Problem }> {
  try {
    return { agent: (await requireActiveAgent(tx, id, now)).agent }
  } catch (refused) {
    if (!(refused instanceof Problem)) throw refused
    return { agent: await tx.agents.find(id), refused }
  }
}

async function agree(
  deps: RecordContext,
  tx: Pick<Transaction, AgreeingStores>,
  { grant, client, agent }: { grant: ClientGrant; client: IntroducedClient; agent: Agent },
): Promise<ClientGrant> {
  const at = deps.clock.now()
  const kept = grant.instance && !grant.endedAt ? await tx.instances.find(grant.instance) : undefined
  const lives = kept && !kept.revokedAt && kept.agent === agent.id ? kept : undefined
  const instance = lives?.id ?? (await newInstance(deps, tx, { agent, label: client.name }))
  await tx.clientGrants.agree(grant.id, { agent: agent.id, instance, name: client.name, at })
  await recordEvent(deps, tx.outbox, {
    type: "client.agreed",
    actor: { kind: "user", id: grant.user },
    agent: agent.id,
    instance,
    owner: agent.owner,
    data: { clientGrant: grant.id, client: client.id, name: client.name },
  })
  return {
    ...grant,
    agent: agent.id,
    instance,
    name: client.name,
    agreedAt: at,
    endedAt: null,
    signedOut: false,
  }
}

async function newInstance(
  { clock }: RecordContext,
  { instances }: Pick<Transaction, "instances">,
  { agent, label }: { agent: Agent; label: string },
): Promise<Id<"instance">> {
  const instance: Instance = {
    id: newId("instance", clock),
    agent: agent.id,
    kind: "client",
    label,
    jwk: null,
    thumbprint: null,
    enrolledAt: clock.now(),
    lastUsedAt: null,
    revokedAt: null,
  }
  await instances.insert(instance)
  return instance.id
}
