import { allowDelegation, type DelegationRequest } from "@tabard/control"
import { type Agent, type Delegation, type Instance, newId, systemClock } from "@tabard/core"
import { exportJWK } from "jose"
import { parsePublicKey } from "../public-key.ts"
import { type AgentKey, agentKey, agentOf, type OAuthWorld } from "./oauth-world.ts"

/** The same world as another agent of the same person sees it. */
export async function secondAgent(world: OAuthWorld): Promise<OAuthWorld> {
  const key: AgentKey = await agentKey()
  const agent: Agent = agentOf(world.owner.id)
  const instance: Instance = {
    id: newId("instance", systemClock),
    agent: agent.id,
    kind: "key",
    label: "server",
    ...(await parsePublicKey(await exportJWK(key.publicKey))),
    enrolledAt: systemClock.now(),
    lastUsedAt: null,
    revokedAt: null,
  }
  await world.shelf.transact(async (tx) => {
    await tx.agents.insert(agent)
    await tx.instances.insert(instance)
  })
  return { ...world, agent, instance, key }
}

/** Lets one agent act for another, as their person does. */
export function allow(
  from: OAuthWorld,
  to: OAuthWorld,
  differs: Partial<DelegationRequest> = {},
): Promise<Delegation> {
  const { shelf, organisation, owner } = from
  const deps = { ...shelf, organisation, clock: systemClock }
  const request = { from: from.agent.id, to: to.agent.id, scope: null, expiresAt: null }
  return allowDelegation(deps, owner, { ...request, ...differs })
}
