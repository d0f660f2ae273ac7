import { Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { findPerson } from "../directory/find-person.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { endEverySession } from "./end-every-session.ts"

export interface ErasePersonDeps extends RecordContext {
  readonly transact: Transact<
    | "bindings"
    | "decisions"
    | "invitations"
    | "oauthModels"
    | "observing"
    | "organisation"
    | "outbox"
    | "provisioned"
    | "search"
    | "sessions"
    | "users"
    | "views"
  >
}

/**
 * Takes away, for ever, what names a person who is switched off: name, email, sign-ins, saved views, what agents called tools with on their behalf, and every value about them that
 * the record holds beside the log. Their id stays where it was recorded, and the log stays as it is: what was proven of
 * it is proven still.
 *
 * @throws {Problem} not_allowed, person_not_found, person_state_conflict
 */
export async function erasePerson(
  deps: ErasePersonDeps,
  by: Caller,
  { person: id, reason }: { person: string; reason: string },
): Promise<void> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators do this")
  await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (!(await tx.users.erase(person.id, deps.clock.now()))) throw notErasable(person)
    for (const issuer of await tx.bindings.issuersOf(person.id)) await tx.bindings.unbind(person.id, issuer)
    await endEverySession(tx, person.id)
    await tx.invitations.withdraw(person.id)
    await tx.provisioned.release(person.id)
    await tx.search.forget("person", [person.id])
    await removeViews(tx, person)
    await tx.decisions.forgetArguments({ person: person.id })
    await tx.observing.forget({ person: person.id })
    const values = await tx.outbox.eraseValuesAbout(person.id)
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "person.erased",
      actor: { kind: "user", id: by.id },
      data: { user: person.id, values, reason },
    })
  })
}

/** What they called their views, and searched for in them, are words of theirs. */
async function removeViews({ views }: Pick<Transaction, "views">, { id }: User): Promise<void> {
  let some = await views.of(id, { limit: VIEWS })
  while (some.length > 0) {
    for (const view of some) await views.remove(view.id, id)
    some = await views.of(id, { limit: VIEWS })
  }
}

const VIEWS = 100

function notErasable({ name, active }: User): Problem {
  return active
    ? new Problem("person_state_conflict", `${name} is active: switch them off first`)
    : new Problem("person_state_conflict", "this person was erased before: nothing is left of them to erase")
}
