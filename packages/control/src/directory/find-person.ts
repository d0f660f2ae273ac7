import { isId, Problem, type User } from "@tabard/core"
import type { UserStore } from "../registry/user-store.ts"

/**
 * Answers a person by what a caller named them, active or not.
 *
 * @throws {Problem} person_not_found
 */
export async function findPerson(users: Pick<UserStore, "find">, id: string): Promise<User> {
  const person = isId("user", id) ? await users.find(id) : undefined
  if (!person)
    throw new Problem("person_not_found", `there is nobody called ${id.slice(0, 80)} in the directory`)
  return person
}
