import { handleHash } from "@tabard/control"
import { newHandle, newId, type Role, systemClock, type User } from "@tabard/core"
import type { RunningServer } from "@tabard/server"

/** A person with a session, as their browser holds it. */
export interface Person {
  readonly user: User
  readonly cookie: string
}

/** Adds a person, and signs them in. */
export async function addPerson(server: RunningServer, role: Role): Promise<Person> {
  const id = newId("user", systemClock)
  const createdAt = systemClock.now()
  const user: User = { id, name: role, email: `${id}@example.test`, role, active: true, createdAt }
  await server.organisation.shelf.transact(({ users }) => users.insert(user))
  return { user, cookie: await newSession(server, user) }
}

/** Gives a person one more session. */
export async function newSession(
  { organisation, publicUrl }: RunningServer,
  { id: user }: Pick<User, "id">,
): Promise<string> {
  const token = newHandle() + newHandle()
  const createdAt = systemClock.now()
  const expiresAt = new Date(createdAt.getTime() + 3600_000)
  const session = {
    id: newId("session", systemClock),
    tokenHash: handleHash(token),
    user,
    createdAt,
    expiresAt,
    lastSeen: createdAt,
    agent: null,
  }
  await organisation.shelf.transact(({ sessions }) => sessions.insert(session))
  return `tabard-${new URL(publicUrl).port}=${token}`
}
