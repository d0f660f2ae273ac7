import { newHandle, newId, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { indexPeople } from "../search/index-things.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { handleHash } from "./handle-hash.ts"
import { type StartedSession, startSession } from "./sessions.ts"

export interface SignInDeps extends RecordContext {
  readonly transact: Transact<"invitations" | "outbox" | "search" | "sessions" | "signInLinks" | "users">
}

/** How long a link waits: the time to go from a terminal to a browser. */
const LINK_LIFE_MS = 15 * 60 * 1000

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
  return transact(async ({ invitations, signInLinks, users }) => {
    if (await invitations.valid(handleHash(code), clock.now())) return false
    if (!(await signInLinks.valid(handleHash(code), clock.now()))) throw invalidLink()
    return (await users.countAdministrators()) === 0
  })
}

/** Who the first administrator says they are, and from which browser. */
export interface Introduction {
  readonly agent?: string | null
  readonly name?: string | undefined
  readonly email?: string | undefined
}

/**
 * Signs in by a one-time link. A person's invitation lets that person in. The one of a start makes, the first time, the first
 * administrator, and later lets the first of them in.
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
    const agent = introduction.agent ?? null
    const invited = await tx.invitations.take(handleHash(code), clock.now())
    if (invited) {
      const person = await tx.users.find(invited)
      if (!person?.active) throw invalidLink()
      return startSession(deps, tx, { user: person, by: "invitation", agent })
    }
    const user = await administrator(deps, tx, introduction)
    // Taken last and in the same transaction: a link is not used up by an introduction that was refused.
    if (!(await tx.signInLinks.take(handleHash(code), clock.now()))) throw invalidLink()
    return startSession(deps, tx, { user, by: "one-time link", agent })
  })
}

async function administrator(
  { clock }: RecordContext,
  { search, users }: Pick<Transaction, "search" | "users">,
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
  await indexPeople({ search }, [user])
  return user
}

function invalidLink(): Problem {
  return new Problem(
    "sign_in_invalid",
    "this link is not valid (any more): ask an administrator for a new one, or start Tabard again",
  )
}
