import { type Client, type Id, isId, newId, Problem, type PublicJwk } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type EndingStores, endWithin } from "./end-client-grants.ts"
import { assertRedirectUri } from "./redirect-uri.ts"

/** What looking after clients needs. */
export interface ClientDeps extends RecordContext {
  readonly transact: Transact<"clients" | EndingStores>
}

/** What a client is registered as. */
export interface ClientRegistration {
  readonly name: string
  readonly redirectUris: readonly string[]
  /** None makes it a public client. */
  readonly keys: readonly PublicJwk[]
}

/** The most grants that are ended in one go; a removal goes on until none is left. */
const PORTION = 1000

/**
 * Registers a client, so that people may sign agents in through it.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function registerClient(
  deps: ClientDeps,
  by: Caller,
  registration: ClientRegistration,
): Promise<Client> {
  assertMayKeepClients(by)
  return deps.transact((tx) => keepClient(deps, tx, { registration, by: by.id }))
}

/** Keeps a client within a transaction that found out who may register it; nobody did where it registered itself. */
export async function keepClient(
  deps: RecordContext,
  tx: Pick<Transaction, "clients" | "outbox">,
  { registration, by }: { registration: ClientRegistration; by: Id<"user"> | null },
): Promise<Client> {
  for (const uri of registration.redirectUris) assertRedirectUri(uri)
  const client: Client = {
    ...registration,
    id: newId("client", deps.clock),
    createdBy: by,
    createdAt: deps.clock.now(),
    removedAt: null,
  }
  await tx.clients.insert(client)
  await recordEvent(deps, tx.outbox, {
    type: "client.registered",
    actor: by ? { kind: "user", id: by } : { kind: "system", id: "issuer" },
    data: {
      client: client.id,
      name: client.name,
      redirectUris: client.redirectUris,
      public: client.keys.length === 0,
    },
  })
  return client
}

/**
 * Removes a client for ever, and ends what everybody let it do.
 *
 * @throws {Problem} not_allowed, client_not_found
 */
export async function removeClient(deps: ClientDeps, by: Caller, id: string): Promise<void> {
  assertMayKeepClients(by)
  await deps.transact(async (tx) => {
    const client = isId("client", id) ? await tx.clients.find(id) : undefined
    if (!client || !(await tx.clients.remove(client.id, deps.clock.now()))) {
      throw new Problem("client_not_found", "there is no such registered client (any more)")
    }
    let ended = 0
    for (;;) {
      const grants = await tx.clientGrants.list({ client: client.id, limit: PORTION })
      for (const grant of grants)
        if (await endWithin(deps, tx, { grant, actor: { kind: "user", id: by.id } })) ended += 1
      if (grants.length < PORTION) break
    }
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "client.removed",
      actor: { kind: "user", id: by.id },
      data: { client: client.id, name: client.name, ended },
    })
  })
}

/** Lets pass who looks after everybody's clients. */
export function assertMayKeepClients(by: Caller): void {
  if (!isSteward(by)) throw new Problem("not_allowed", "only security and administrators may manage clients")
}
