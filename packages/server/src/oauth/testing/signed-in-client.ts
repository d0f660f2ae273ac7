import { type ClientGrant, type Id, newId, systemClock } from "@tabard/core"
import type { OAuthWorld } from "./oauth-world.ts"

/** Registers a public client, which the world's person lets act for them as the world's agent. */
export async function signedInClient({
  shelf,
  owner,
  agent,
  instance,
}: OAuthWorld): Promise<ClientGrant & { readonly instance: Id<"instance"> }> {
  const now = systemClock.now()
  const id = newId("client", systemClock)
  const own = {
    ...instance,
    id: newId("instance", systemClock),
    kind: "client",
    jwk: null,
    thumbprint: null,
  } as const
  const made = { name: "Desk", redirectUris: ["http://127.0.0.1/callback"], keys: [], createdBy: owner.id }
  const asked = { user: owner.id, client: id, name: "Desk", agent: agent.id, askedAt: now }
  const grant = {
    ...asked,
    id: newId("clientGrant", systemClock),
    instance: own.id,
    agreedAt: now,
    endedAt: null,
    signedOut: false,
  }
  await shelf.transact(async ({ clients, clientGrants, instances }) => {
    await clients.insert({ ...made, id, createdAt: now, removedAt: null })
    await instances.insert(own)
    await clientGrants.ask(grant)
    await clientGrants.agree(grant.id, { agent: agent.id, instance: own.id, name: "Desk", at: now })
  })
  return grant
}
