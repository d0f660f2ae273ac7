import { type Id, isId, Problem, type Team, type User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { ProvisionedPerson } from "./provisioned-store.ts"

type Reads = Pick<Transaction, "provisioned" | "teams" | "users">

/** A person as their provider may know them. */
export interface KnownPerson {
  readonly user: User
  /** Undefined where SCIM never said anything of them. */
  readonly kept: ProvisionedPerson | undefined
  readonly manager: User | undefined
  /** The teams that SCIM keeps. */
  readonly teams: readonly Team[]
}

/** What people are looked for by. */
export type PersonKey =
  | { readonly by: "id" | "userName" | "externalId" | "address"; readonly is: string }
  | undefined

/** How many people are read at a time. */
const PAGE = 500

/**
 * Answers a person whom a provider may know, kept by SCIM or not: who was erased, or removed by it, is nobody to it.
 *
 * @throws {Problem} person_not_found
 */
export async function findKnown(users: Pick<Transaction["users"], "find">, id: string): Promise<User> {
  const person = isId("user", id) ? await users.find(id) : undefined
  if (!person || !isKnown(person))
    throw new Problem("person_not_found", `there is no user ${id.slice(0, 80)}`)
  return person
}

/** Answers people with what SCIM keeps of them, in the order in which they were asked for. */
export async function knownPeople(tx: Reads, people: readonly User[]): Promise<readonly KnownPerson[]> {
  const ids = people.map(({ id }) => id)
  const kept = await tx.provisioned.of(ids)
  const teams = await tx.teams.teamsOf(ids)
  const bosses = await tx.users.findAll([...new Set(people.flatMap(({ manager }) => manager ?? []))])
  const byId = new Map(bosses.map((boss) => [boss.id, boss]))
  return people.map((user) => ({
    user,
    kept: kept.get(user.id),
    manager: user.manager && byId.get(user.manager),
    teams: (teams.get(user.id) ?? []).filter(({ keptBy }) => keptBy === "scim"),
  }))
}

/** Answers everybody whom a provider may know, or those that a key can be of, some hundred at a time. */
export async function* everyKnown(tx: Reads, key: PersonKey): AsyncGenerator<readonly KnownPerson[]> {
  if (key) {
    yield await knownPeople(tx, await peopleOf(tx, key))
    return
  }
  let after: Id<"user"> | undefined
  do {
    const page = await tx.users.inOrder({ limit: PAGE, ...(after && { after }) })
    yield await knownPeople(tx, page)
    after = page.length === PAGE ? page.at(-1)?.id : undefined
  } while (after)
}

async function peopleOf(tx: Reads, { by, is }: NonNullable<PersonKey>): Promise<readonly User[]> {
  const ids = await idsOf(tx, { by, is })
  return (await tx.users.findAll(ids)).filter(isKnown)
}

async function idsOf(tx: Reads, { by, is }: NonNullable<PersonKey>): Promise<readonly Id<"user">[]> {
  switch (by) {
    case "id":
      return isId("user", is) ? [is] : []
    case "externalId":
      return tx.provisioned.byExternalId(is)
    case "address":
      return [await tx.users.findByEmail(is)].flatMap((user) => user?.id ?? [])
    case "userName":
      // Of whom SCIM never said anything, the address is the name that they sign in by.
      return [
        ...new Set([await tx.provisioned.byUserName(is), (await tx.users.findByEmail(is))?.id]),
      ].flatMap((id) => id ?? [])
  }
}

function isKnown({ erasedAt, removedAt }: User): boolean {
  return erasedAt === undefined && removedAt === undefined
}
