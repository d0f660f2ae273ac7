import { Problem, type User } from "@tabard/core"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { ProviderIdentity } from "./ports.ts"
import { type StartedSession, startSession } from "./sessions.ts"

export interface ProviderSignInDeps extends RecordContext {
  readonly transact: Transact<"bindings" | "outbox" | "sessions" | "users">
}

/** What an OpenID provider said of somebody, as it was verified. */
export interface ProviderWord extends ProviderIdentity {
  readonly email: string | undefined
  readonly emailVerified: boolean
  /** What the browser calls itself. */
  readonly agent: string | null
}

/**
 * Signs in whom a provider named. The first time, a verified email finds a person who is in the directory, and the
 * identity is bound to them for good; from then on the email counts for nothing. Nobody is made.
 *
 * @throws {Problem} sign_in_refused
 */
export async function signInByProvider(
  deps: ProviderSignInDeps,
  { agent, ...word }: ProviderWord,
): Promise<StartedSession> {
  return deps.transact(async (tx) => {
    const bound = await tx.bindings.find(word)
    const user = bound ? await tx.users.find(bound) : await bindByEmail(deps, tx, word)
    if (!user?.active) throw refused()
    return startSession(deps, tx, { user, by: "OpenID provider", agent })
  })
}

async function bindByEmail(
  deps: RecordContext,
  { bindings, outbox, users }: Pick<Transaction, "bindings" | "outbox" | "users">,
  { issuer, subject, email, emailVerified }: Omit<ProviderWord, "agent">,
): Promise<User | undefined> {
  const user = email && emailVerified ? await users.findByEmail(email) : undefined
  if (!user?.active || !(await bindings.bind({ issuer, subject }, user.id))) return undefined
  await recordEvent(deps, outbox, {
    type: "person.bound",
    actor: { kind: "user", id: user.id },
    data: { user: user.id, issuer },
  })
  return user
}

/** One answer for whatever was missing: who is in the directory is not told to strangers. */
function refused(): Problem {
  return new Problem(
    "sign_in_refused",
    "this account may not come in here: ask an administrator to invite you, by an email that your provider has verified",
  )
}
