import { isId, Problem, type User } from "@tabard/core"
import type { UserStore } from "./user-store.ts"

/**
 * Answers a person by what a caller named them, where they may be asked to look after an agent: they are in the
 * directory, and active.
 *
 * @throws {Problem} person_not_found
 */
export async function requirePerson(users: Pick<UserStore, "find">, id: string): Promise<User> {
  const person = isId("user", id) ? await users.find(id) : undefined
  return assertEligible(person, id)
}

/** The same for a person who is named by their email. */
export async function requirePersonByEmail(
  users: Pick<UserStore, "findByEmail">,
  email: string,
): Promise<User> {
  return assertEligible(await users.findByEmail(email), email)
}

/** Answers why a person cannot be asked to look after an agent, or undefined where they can. */
export function whyNotEligible(person: User | undefined, called: string): string | undefined {
  if (!person) return `there is nobody called ${called.slice(0, 254)} in the directory`
  return person.active
    ? undefined
    : `${person.name} is not active, and only active people can look after agents`
}

function assertEligible(person: User | undefined, called: string): User {
  const why = whyNotEligible(person, called)
  if (!person || why !== undefined) throw new Problem("person_not_found", why ?? "there is no such person")
  return person
}
