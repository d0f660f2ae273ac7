import { everyKnown, type KnownPerson, knownPeople, type Transaction } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { keyInFilter } from "../filter/key-in-filter.ts"
import { matches } from "../filter/match-filter.ts"
import { type ListQuery, listResponse } from "../list-query.ts"
import { project } from "../resources/project-resource.ts"
import { userResource } from "../resources/user-resource.ts"

type Reads = Pick<Transaction, "provisioned" | "teams" | "users">

/** Answers the people of a query, in the order in which they came; what matches nothing is an empty list. */
export async function listUsers(tx: Reads, query: ListQuery, base: string): Promise<JsonObject> {
  const { people, total } = query.filter ? await sought(tx, query, base) : await everybody(tx, query)
  const resources = people.map((person) => project(userResource(person, base), query.projection))
  return listResponse(resources, { totalResults: total, startIndex: query.startIndex })
}

interface FoundPeople {
  readonly people: readonly KnownPerson[]
  readonly total: number
}

async function everybody(tx: Reads, { startIndex, count }: ListQuery): Promise<FoundPeople> {
  const total = await tx.users.countKnown()
  if (count === 0) return { people: [], total }
  const page = await tx.users.inOrder({ skip: startIndex - 1, limit: count })
  return { people: await knownPeople(tx, page), total }
}

/** Looks at everybody whom the filter can mean, and holds no more of them than are answered. */
async function sought(
  tx: Reads,
  { filter, startIndex, count }: ListQuery,
  base: string,
): Promise<FoundPeople> {
  const people: KnownPerson[] = []
  let total = 0
  for await (const some of everyKnown(tx, filter && keyInFilter(filter))) {
    for (const person of some) {
      if (filter && !matches(userResource(person, base), filter)) continue
      total++
      if (total >= startIndex && people.length < count) people.push(person)
    }
  }
  return { people, total }
}
