import type { User } from "@tabard/core"
import { reassessOwned, switchOff } from "../access/people.ts"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { placed } from "../directory/teams.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"
import { findKnown } from "./find-provisioned.ts"
import { type ProvisionDeps, type ProvisionStores, told } from "./provision-person.ts"

type Stores = Pick<Transaction, ProvisionStores>
type Told = readonly Pick<AuditEvent, "type" | "data">[]

/**
 * Does what a provider's deletion means here: the person is switched off as by an administrator, out of the teams that SCIM
 * keeps, nobody at any OpenID provider, and unknown to SCIM from then on. What they did stays theirs: who comes back, or gets
 * their address, is somebody new.
 *
 * @throws {Problem} person_not_found, last_administrator
 */
export async function removeProvisioned(deps: ProvisionDeps, by: Caller, id: string): Promise<void> {
  const removed = await deps.transact(async (tx) => {
    const person = await findKnown(tx.users, id)
    if (person.active) await switchOff(deps, tx, { by, person, reason: "removed over SCIM" })
    const left = [...(await unbind(tx, person)), ...(await leaveTeams(tx, person))]
    await tx.provisioned.release(person.id)
    await tx.users.remove(person.id, deps.clock.now())
    await tx.organisation.bumpVersion()
    const gone = { type: "person.released", data: { user: person.id, by: "scim" } } as const
    await recordEvents(deps, tx.outbox, [...left, gone].map(told(by)))
    return person.id
  })
  await reassessOwned(deps, removed)
}

async function unbind({ bindings }: Stores, { id: user }: User): Promise<Told> {
  const issuers = await bindings.issuersOf(user)
  for (const issuer of issuers) await bindings.unbind(user, issuer)
  return issuers.map((issuer) => ({ type: "person.unbound", data: { user, issuer, sessions: 0 } }))
}

async function leaveTeams({ teams }: Stores, { id: user }: User): Promise<Told> {
  const kept = ((await teams.teamsOf([user])).get(user) ?? []).filter(({ keptBy }) => keptBy === "scim")
  for (const team of kept) await teams.leave(team.id, user)
  return kept.map((team) => ({ type: "team.member-removed", data: placed(team, user) }))
}
