import { LONGEST_LINE, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import { requirePerson } from "../registry/require-person.ts"
import type { Transact } from "../transaction.ts"
import { findPerson } from "./find-person.ts"

export interface SetManagerDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "users">
}

/**
 * Says whom a person answers to: an active person, or nobody. The same again changes nothing.
 *
 * @throws {Problem} not_allowed, person_not_found, manager_invalid
 */
export async function setManager(
  deps: SetManagerDeps,
  by: Caller,
  { person: id, manager }: { person: string; manager: string | null },
): Promise<void> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators do this")
  await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    const boss = manager === null ? undefined : await requirePerson(tx.users, manager)
    if (person.manager === boss?.id) return
    const next = boss?.id ?? null
    if (!(await tx.users.setManager(person.id, next))) throw invalid(person)
    await recordEvent(deps, tx.outbox, {
      type: "person.manager-changed",
      actor: { kind: "user", id: by.id },
      data: { user: person.id, manager: next, before: person.manager ?? null },
    })
  })
}

function invalid({ name }: User): Problem {
  return new Problem(
    "manager_invalid",
    `${name} cannot answer to them: nobody stands above themselves, and at most ${LONGEST_LINE} managers above one another`,
  )
}
