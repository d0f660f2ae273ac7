import { Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { findPerson } from "../directory/find-person.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"

/**
 * Lets administrators keep a person again whom SCIM kept. Nothing else changes, until a provider says something of them next.
 *
 * @throws {Problem} not_allowed, person_not_found, person_state_conflict
 */
export async function releasePerson(
  deps: RecordContext & { readonly transact: Transact<"outbox" | "provisioned" | "users"> },
  by: Caller,
  id: string,
): Promise<void> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators do this")
  await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (!(await tx.provisioned.release(person.id)))
      throw new Problem("person_state_conflict", `SCIM does not keep ${person.name}`)
    const data = { user: person.id, by: "administrator" }
    await recordEvent(deps, tx.outbox, {
      type: "person.released",
      actor: { kind: "user", id: by.id },
      data,
    })
  })
}
