import { type Id, newId, Problem, type User } from "@tabard/core"
import type { ReassessStores } from "../access/people.ts"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import { indexPeople } from "../search/index-things.ts"
import type { Transact } from "../transaction.ts"
import { placeUnder } from "./place-under.ts"
import { mergeWords, nameIn, type PersonSaid } from "./said-of-person.ts"
import { addressOf, takeNames, taken } from "./take-name.ts"

export interface ProvisionDeps extends RecordContext {
  readonly transact: Transact<ProvisionStores | ReassessStores>
  /** The issuer of the OpenID provider that people sign in by now; without one nobody has signed in there. */
  readonly provider?: string | null | undefined
}

/** The stores that what a provider says of people is written in. */
export type ProvisionStores =
  | "agents"
  | "bindings"
  | "instances"
  | "clientGrants"
  | "invitations"
  | "organisation"
  | "oauthModels"
  | "offers"
  | "outbox"
  | "plans"
  | "provisioned"
  | "search"
  | "sessions"
  | "teams"
  | "users"

/**
 * Brings a person into the directory because their provider says so: a member, who gets neither a link nor a session by it.
 *
 * @throws {Problem} body_invalid, person_exists
 */
export async function provisionPerson(
  deps: ProvisionDeps,
  by: Caller,
  said: PersonSaid,
): Promise<Id<"user">> {
  const { userName } = said
  if (userName === undefined)
    throw new Problem("body_invalid", "userName: it is needed, and must not be empty")
  const address = addressOf(said.address, userName)
  return deps.transact(async (tx) => {
    const freed = await takeNames(tx, { user: undefined, userName, address })
    const user = newMember(deps, { said, userName, address })
    if (!(await tx.users.add(user))) throw taken(address)
    const kept = {
      user: user.id,
      userName,
      externalId: said.externalId ?? null,
      words: mergeWords({}, said.words),
      switchedOff: !user.active,
      changedAt: user.createdAt,
    }
    if (!(await tx.provisioned.put(kept))) throw taken(userName)
    await indexPeople(tx, [user])
    const placed = await placeUnder(tx, user, said.manager)
    const made = { type: "person.entered", data: { user: user.id, role: user.role, by: "scim" } } as const
    await recordEvents(deps, tx.outbox, [...freed, made, ...placed].map(told(by)))
    return user.id
  })
}

function newMember(
  { clock }: RecordContext,
  { said, userName, address }: { said: PersonSaid; userName: string; address: string },
): User {
  return {
    id: newId("user", clock),
    name: nameIn(mergeWords({}, said.words), userName),
    email: address,
    role: "member",
    active: said.active ?? true,
    createdAt: clock.now(),
  }
}

/** Answers how what happened is told as whose act. */
export function told(by: Caller): (what: Pick<AuditEvent, "type" | "data">) => AuditEvent {
  return ({ type, data }) => ({ type, actor: { kind: "user", id: by.id }, ...(data && { data }) })
}
