import { type Id, newHandle, newId, Problem, type Role, type User } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { findPerson } from "../directory/find-person.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { callOffDeparture, startDeparture } from "../lifecycle/departure/start-departure.ts"
import type { Caller } from "../registry/caller.ts"
import { indexPeople } from "../search/index-things.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { endEverySession } from "./end-every-session.ts"
import { handleHash } from "./handle-hash.ts"

export interface PeopleDeps extends RecordContext {
  readonly transact: Transact<
    | "clientGrants"
    | "invitations"
    | "oauthModels"
    | "offers"
    | "outbox"
    | "plans"
    | "provisioned"
    | "sessions"
    | "users"
    | keyof AssessStores
  >
}

/** Who is to come in, and as what. */
export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly role: Role
}

/** A one-time way in for a person; the code is shown once and kept nowhere. */
export interface OfferedInvitation {
  readonly user: User
  readonly code: string
  readonly expiresAt: Date
}

/** How long an invitation waits: over a weekend, and no longer. */
const INVITATION_LIFE_MS = 3 * 24 * 60 * 60 * 1000

/** How many agents are looked at anew in one transaction. */
const PORTION = 200

/**
 * Brings a person into the directory and makes their one-time way in.
 *
 * @throws {Problem} not_allowed, person_exists
 */
export async function invitePerson(
  deps: PeopleDeps,
  by: Caller,
  { name, email, role }: NewPerson,
): Promise<OfferedInvitation> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    const createdAt = deps.clock.now()
    const user: User = { id: newId("user", deps.clock), name, email, role, active: true, createdAt }
    if (!(await tx.users.add(user)))
      throw new Problem("person_exists", `somebody here has the email ${email}`)
    await indexPeople(tx, [user])
    return offerInvitation(deps, tx, { by, user })
  })
}

/**
 * Makes another one-time way in for a person who is here, in place of any before.
 *
 * @throws {Problem} not_allowed, person_not_found
 */
export async function inviteAgain(deps: PeopleDeps, by: Caller, id: string): Promise<OfferedInvitation> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    const user = await findPerson(tx.users, id)
    if (!user.active)
      throw new Problem("person_not_found", `${user.name} is not active: reactivate them first`)
    return offerInvitation(deps, tx, { by, user })
  })
}

/**
 * Gives a person another role, in force at their next request.
 *
 * @throws {Problem} not_allowed, person_not_found, last_administrator
 */
export async function changeRole(
  deps: PeopleDeps,
  by: Caller,
  { person: id, role }: { person: string; role: Role },
): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (person.role === role) return
    if (!(await tx.users.setRole(person.id, role))) throw lastAdministrator(person)
    await tx.organisation.bumpVersion()
    const data = { user: person.id, role, before: person.role }
    await recordEvent(deps, tx.outbox, { type: "person.role-changed", actor: actorOf(by), data })
  })
}

/**
 * Switches a person off: their sessions and invitation end in the same transaction, and the agents that they own stop
 * at the next decision. Switched off already is left as it is.
 *
 * @throws {Problem} not_allowed, person_not_found, last_administrator
 */
export async function deactivatePerson(
  deps: PeopleDeps,
  by: Caller,
  { person: id, reason }: { person: string; reason: string },
): Promise<void> {
  assertAdministrator(by)
  const off = await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (!person.active) return undefined
    await switchOff(deps, tx, { by, person, reason })
    await tx.organisation.bumpVersion()
    return person.id
  })
  if (off) await reassessOwned(deps, off)
}

/**
 * Switches an active person off within a transaction that goes on and raises the version. What follows from their leaving
 * begins with it.
 *
 * @throws {Problem} last_administrator
 */
export async function switchOff(
  deps: RecordContext,
  tx: Pick<
    Transaction,
    "clientGrants" | "instances" | "invitations" | "oauthModels" | "outbox" | "plans" | "sessions" | "users"
  >,
  { by, person, reason }: { by: Caller; person: User; reason: string },
): Promise<void> {
  if (!(await tx.users.deactivate(person.id))) throw lastAdministrator(person)
  const ended = await endEverySession(tx, person.id)
  await tx.invitations.withdraw(person.id)
  await startDeparture(deps, tx, { person: person.id, by: by.id })
  const data = { user: person.id, reason, sessions: ended.length }
  await recordEvent(deps, tx.outbox, { type: "person.deactivated", actor: actorOf(by), data })
}

/**
 * Lets a person who was switched off in again, as what they were; they sign in anew.
 *
 * @throws {Problem} not_allowed, person_not_found, person_state_conflict, person_kept_by_scim
 */
export async function reactivatePerson(deps: PeopleDeps, by: Caller, id: string): Promise<void> {
  assertAdministrator(by)
  const on = await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (person.erasedAt)
      throw new Problem("person_state_conflict", "this person was erased: invite them anew as somebody else")
    if ((await tx.provisioned.of([person.id])).get(person.id)?.switchedOff) throw keptByScim(person)
    if (!(await tx.users.setActive(person.id, true))) return undefined
    await tx.organisation.bumpVersion()
    const data = { user: person.id }
    await recordEvent(deps, tx.outbox, { type: "person.reactivated", actor: actorOf(by), data })
    await callOffDeparture(deps, tx, person.id)
    return person.id
  })
  if (on) await reassessOwned(deps, on)
}

async function offerInvitation(
  deps: RecordContext,
  tx: Pick<Transaction, "invitations" | "outbox">,
  { by, user }: { by: Caller; user: User },
): Promise<OfferedInvitation> {
  const code = newHandle()
  const expiresAt = new Date(deps.clock.now().getTime() + INVITATION_LIFE_MS)
  await tx.invitations.offer({ codeHash: handleHash(code), user: user.id, expiresAt })
  const data = { user: user.id, role: user.role, expiresAt: expiresAt.toISOString() }
  await recordEvent(deps, tx.outbox, { type: "person.invited", actor: actorOf(by), data })
  return { user, code, expiresAt }
}

/** The stores that scores and findings are written in. */
export type ReassessStores = keyof AssessStores

/** Looks at a person's agents anew, in units of their own: decisions must not wait for thousands. */
export async function reassessOwned(
  deps: RecordContext & { readonly transact: Transact<ReassessStores> },
  owner: Id<"user">,
): Promise<void> {
  let after: Id<"agent"> | undefined
  do {
    after = await deps.transact(async (tx) => {
      const page = await tx.agents.list({ owner, limit: PORTION, ...(after && { after }) })
      const ids = page.map(({ id }) => id)
      await reassessAgents(deps, tx, ids)
      return ids.length === PORTION ? ids.at(-1) : undefined
    })
  } while (after)
}

function assertAdministrator(by: Caller): void {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators do this")
}

function lastAdministrator({ name }: User): Problem {
  return new Problem(
    "last_administrator",
    `${name} is the only active administrator: make somebody else one first`,
  )
}

function keptByScim({ name }: User): Problem {
  return new Problem(
    "person_kept_by_scim",
    `your directory switched ${name} off over SCIM: let them in again there, or take them back from SCIM first`,
  )
}

function actorOf({ id }: Caller): AuditEvent["actor"] {
  return { kind: "user", id }
}
