import type { Agreed, Approval, Id } from "@tabard/core"
import { type AskedReads, peopleAsked, type RoutePeople } from "./people-asked.ts"

/**
 * Answers for each route of a question how many of whom have to agree now: of those who were asked when it was put, the ones
 * who still hold what they were asked for. Who was asked by name is asked still.
 */
export async function peopleStillAsked(
  tx: AskedReads,
  { question, routes, approvers }: Approval,
): Promise<readonly RoutePeople[]> {
  if (routes.length === 0) return [{ route: "", needed: 1, people: approvers }]
  const asked = await peopleAsked(tx, question, routes)
  return asked.map((one) => ({ ...one, people: one.people.filter((person) => approvers.includes(person)) }))
}

/** Answers the routes by which somebody is asked. */
export function routesOfPerson(asked: readonly RoutePeople[], person: Id<"user">): readonly string[] {
  return asked.filter(({ people }) => people.includes(person)).map(({ route }) => route)
}

/** Answers how many more have to agree by each route: the yes of somebody who is not asked any more does not count. */
export function stillNeeded(asked: readonly RoutePeople[], agreed: readonly Pick<Agreed, "by">[]): number {
  const people = new Set(agreed.map(({ by }) => by))
  const open = asked.map(({ needed, people: all }) => needed - all.filter((one) => people.has(one)).length)
  return Math.max(0, ...open)
}
