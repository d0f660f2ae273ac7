import { type Id, newHandle, newId, Problem, type User } from "@tabard/core"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { handleHash } from "./handle-hash.ts"

export interface SignInDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "sessions" | "signInLinks" | "users">
}

/** How long a link waits: the time to go from a terminal to a browser. */
const LINK_LIFE_MS = 15 * 60 * 1000

/** How long a session lasts. */
const SESSION_LIFE_MS = 12 * 60 * 60 * 1000

/** Makes a one-time way in for the administrator, in place of any before. The code is kept nowhere. */
export async function offerSignInLink({ transact, clock }: SignInDeps): Promise<string> {
  const code = newHandle()
  const expiresAt = new Date(clock.now().getTime() + LINK_LIFE_MS)
  await transact(({ signInLinks }) => signInLinks.offer({ codeHash: handleHash(code), expiresAt }))
  return code
}

/**
 * Says, without using it, whether a link leads to the making of the first administrator.
 *
 * @throws {Problem} sign_in_invalid
 */
export async function checkSignInLink({ transact, clock }: SignInDeps, code: string): Promise<boolean> {
  return transact(async ({ signInLinks, users }) => {
    if (!(await signInLinks.valid(handleHash(code), clock.now()))) throw invalidLink()
    return (await users.countAdministrators()) === 0
  })
}

/** Who the first administrator says they are. */
export interface Introduction {
  readonly name?: string | undefined
  readonly email?: string | undefined
}

/** A session that has begun; the token is the cookie's value and kept nowhere. */
export interface StartedSession {
  readonly user: User
  readonly token: string
  readonly expiresAt: Date
}

/**
 * Signs in by a one-time link: the first time it makes the first administrator, later it lets the first of them in.
 *
 * @throws {Problem} sign_in_invalid, body_invalid
 */
export async function signIn(
  deps: SignInDeps,
  code: string,
  introduction: Introduction,
): Promise<StartedSession> {
  const { transact, clock } = deps
  return transact(async (tx) => {
    const user = await administrator(deps, tx, introduction)
    // Taken last and in the same transaction: a link is not used up by an introduction that was refused.
    if (!(await tx.signInLinks.take(handleHash(code), clock.now()))) throw invalidLink()

    const token = newHandle() + newHandle()
    const now = clock.now()
    const expiresAt = new Date(now.getTime() + SESSION_LIFE_MS)
    const id = newId("session", clock)
    await tx.sessions.insert({ id, tokenHash: handleHash(token), user: user.id, createdAt: now, expiresAt })
    await recordEvent(deps, tx.outbox, {
      type: "session.started",
      actor: { kind: "user", id: user.id },
      data: { session: id, by: "one-time link" },
    })
    return { user, token, expiresAt }
  })
}

/** Answers who a session's cookie belongs to, or undefined where it is over. */
export async function sessionUser(
  { snapshot, clock }: { snapshot: Transact<"sessions" | "users"> } & Pick<RecordContext, "clock">,
  token: string,
): Promise<{ user: User; session: Id<"session"> } | undefined> {
  return snapshot(async ({ sessions, users }) => {
    const session = await sessions.findLive(handleHash(token), clock.now())
    const user = session && (await users.find(session.user))
    return session && user?.active ? { user, session: session.id } : undefined
  })
}

/** Ends a session. */
export async function signOut(deps: SignInDeps, session: Id<"session">, by: Id<"user">): Promise<void> {
  await deps.transact(async ({ sessions, outbox }) => {
    if (!(await sessions.end(session))) return
    await recordEvent(deps, outbox, {
      type: "session.ended",
      actor: { kind: "user", id: by },
      data: { session },
    })
  })
}

async function administrator(
  { clock }: RecordContext,
  { users }: Pick<Transaction, "users">,
  { name, email }: Introduction,
): Promise<User> {
  const known = (await users.list()).filter((user) => user.role === "administrator" && user.active)
  const first = known.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())[0]
  if (first) return first
  if (!name || !email) {
    throw new Problem(
      "body_invalid",
      "say who you are: the first administrator needs a name and an e-mail address",
    )
  }
  const createdAt = clock.now()
  const user: User = { id: newId("user", clock), name, email, role: "administrator", active: true, createdAt }
  await users.insert(user)
  return user
}

function invalidLink(): Problem {
  return new Problem("sign_in_invalid", "this link is not valid (any more): start Tabard again for a new one")
}
