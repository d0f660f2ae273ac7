import { type Id, isId, LONGEST_LINE, Problem, type User } from "@tabard/core"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import type { Transaction } from "../transaction.ts"

type Reads = Pick<Transaction, "provisioned" | "users">

/**
 * Says whom a person answers to, by any name that the provider has for a manager: an id of ours, a user name, an address or
 * an id of its own. A manager who is not here, or switched off, changes nothing: the provider may not have brought them yet.
 *
 * @throws {Problem} manager_invalid
 */
export async function placeUnder(
  tx: Reads,
  person: User,
  manager: string | null | undefined,
): Promise<readonly Pick<AuditEvent, "type" | "data">[]> {
  const next = await managerCalled(tx, manager)
  const before = person.manager ?? null
  if (next === undefined || next === before) return []
  if (!(await tx.users.setManager(person.id, next))) {
    throw new Problem(
      "manager_invalid",
      `manager: nobody stands above themselves, and at most ${LONGEST_LINE} managers above one another`,
    )
  }
  return [{ type: "person.manager-changed", data: { user: person.id, manager: next, before } }]
}

/** Answers who is meant, null where it is nobody, and undefined where nothing was said that means anybody. */
async function managerCalled(
  tx: Reads,
  manager: string | null | undefined,
): Promise<Id<"user"> | null | undefined> {
  if (manager === undefined || manager === null) return manager
  const boss = await personCalled(tx, manager)
  return boss?.active ? boss.id : undefined
}

async function personCalled({ provisioned, users }: Reads, name: string): Promise<User | undefined> {
  if (isId("user", name)) return users.find(name)
  const byName = await provisioned.byUserName(name)
  const id = byName ?? (await provisioned.byExternalId(name))[0]
  return id ? users.find(id) : users.findByEmail(name)
}
