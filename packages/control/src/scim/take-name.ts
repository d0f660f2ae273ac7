import { Problem, type User } from "@tabard/core"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { isAddress } from "../directory/is-address.ts"
import type { Transaction } from "../transaction.ts"

type Told = Pick<AuditEvent, "type" | "data">

/**
 * Answers the address that a person has here: what the provider says, or their user name where that is one.
 *
 * @throws {Problem} body_invalid
 */
export function addressOf(said: string | null | undefined, userName: string): string {
  const address = said ?? userName
  if (isAddress(address)) return address
  throw new Problem(
    "body_invalid",
    "emails: a person needs one email address; map one, or map userName to an address",
  )
}

/**
 * Makes sure that a user name and an address may be a person's: nobody else has them. Whom the provider removed lets go of
 * theirs; what that changes is answered.
 *
 * @throws {Problem} person_exists
 */
export async function takeNames(
  tx: Pick<Transaction, "provisioned" | "users">,
  { user, userName, address }: { user: User["id"] | undefined; userName: string; address: string },
): Promise<readonly Told[]> {
  const told: Told[] = []
  for (const name of new Set([address, userName])) {
    const other = await tx.users.findByEmail(name)
    if (!other || other.id === user) continue
    if (other.removedAt) told.push(await letGo(tx, other))
    else if (name === address || !(await tx.provisioned.of([other.id])).has(other.id)) throw taken(name)
  }
  return told
}

/** Nobody has an address there (RFC 2606), and the address of a person has to differ from every other. */
async function letGo({ users }: Pick<Transaction, "users">, { id, email }: User): Promise<Told> {
  const address = `${id}@removed.invalid`
  if (!(await users.readdress(id, address))) throw taken(email)
  return { type: "person.address-changed", data: { user: id, address, before: email } }
}

/** Says that a name is somebody else's. */
export function taken(name: string): Problem {
  return new Problem("person_exists", `somebody here is called ${name.slice(0, 254)} already`)
}
