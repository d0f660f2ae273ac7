import { type Id, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent, recordEvents } from "../audit/event/record-event.ts"
import { findPerson } from "../directory/find-person.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { endEverySession } from "./end-every-session.ts"
import { MOST_LISTED, momentOf } from "./sessions.ts"

export interface AdministerAccessDeps extends RecordContext {
  readonly transact: Transact<"bindings" | "oauthModels" | "outbox" | "sessions" | "users">
}

/**
 * Ends every session of a person; answers how many. They may sign in anew.
 *
 * @throws {Problem} not_allowed, person_not_found
 */
export async function endSessionsOf(deps: AdministerAccessDeps, by: Caller, id: string): Promise<number> {
  assertAdministrator(by)
  return deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    const ended = await endEverySession(tx, person.id)
    await recordEvents(
      deps,
      tx.outbox,
      ended.map((session) => ({
        type: "session.ended",
        actor: { kind: "user", id: by.id },
        data: { session, user: person.id },
      })),
    )
    return ended.length
  })
}

/**
 * Takes back that a person is somebody at an OpenID provider, and ends their sessions. Whoever the provider names with the
 * person's email next, as verified, is bound anew. Who is nobody there is left alone.
 *
 * @throws {Problem} not_allowed, person_not_found
 */
export async function unbindPerson(
  deps: AdministerAccessDeps,
  by: Caller,
  { person: id, issuer }: { person: string; issuer: string },
): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (!(await tx.bindings.unbind(person.id, issuer))) return
    const sessions = (await endEverySession(tx, person.id)).length
    const data = { user: person.id, issuer, sessions }
    await recordEvent(deps, tx.outbox, { type: "person.unbound", actor: { kind: "user", id: by.id }, data })
  })
}

/** How a person can come in, as it stands. */
export interface WaysIn {
  /** The issuers at which they are somebody. */
  readonly identities: readonly string[]
  /** Until when an invitation waits for them. */
  readonly invitedUntil: Date | undefined
  /** Where they are signed in now. */
  readonly sessions: number
}

/** Answers how a person can come in, for administrators. */
export async function waysInOf(
  { bindings, invitations, sessions }: Pick<Transaction, "bindings" | "invitations" | "sessions">,
  user: Id<"user">,
  now: Date,
): Promise<WaysIn> {
  return {
    identities: await bindings.issuersOf(user),
    invitedUntil: await invitations.pendingUntil(user, now),
    sessions: (await sessions.listLive(user, momentOf(now), { limit: MOST_LISTED })).length,
  }
}

function assertAdministrator(by: Caller): void {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators do this")
}
