import { newId, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { isAddress } from "../directory/is-address.ts"
import { plainName } from "../directory/plain-name.ts"
import { indexPeople } from "../search/index-things.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { keepProviderTeams } from "./keep-provider-teams.ts"
import type { ProviderIdentity } from "./ports.ts"
import { isOfDomain } from "./put-sign-in-settings.ts"
import { type StartedSession, startSession } from "./sessions.ts"

export interface ProviderSignInDeps extends RecordContext {
  readonly transact: Transact<Stores>
}

type Stores = "bindings" | "organisation" | "outbox" | "search" | "sessions" | "teams" | "users"

/** What an OpenID provider said of somebody, as it was verified. */
export interface ProviderWord extends ProviderIdentity {
  readonly email: string | undefined
  readonly emailVerified: boolean
  /** What the provider calls them. */
  readonly name?: string | undefined
  /** The groups that it names; undefined where nobody set which claim names them. */
  readonly groups?: readonly string[] | undefined
  /** What the browser calls itself. */
  readonly agent: string | null
}

/**
 * Signs in whom a provider named. The first time, a verified email finds a person who is in the directory, and the
 * identity is bound to them; from then on the email counts for nothing. Nobody is made, but members of the domains
 * that administrators settled.
 *
 * @throws {Problem} sign_in_refused
 */
export async function signInByProvider(
  deps: ProviderSignInDeps,
  { agent, groups, ...word }: ProviderWord,
): Promise<StartedSession> {
  return deps.transact(async (tx) => {
    const bound = await tx.bindings.find(word)
    const user = bound ? await tx.users.find(bound) : await bindByEmail(deps, tx, word)
    if (!user?.active) throw refused()
    if (groups) await keepProviderTeams(deps, tx, { user, groups })
    return startSession(deps, tx, { user, by: "OpenID provider", agent })
  })
}

type Word = Omit<ProviderWord, "agent" | "groups">

async function bindByEmail(
  deps: RecordContext,
  tx: Pick<Transaction, Stores>,
  word: Word,
): Promise<User | undefined> {
  const { issuer, subject, email, emailVerified } = word
  if (!email || !emailVerified) return undefined
  const known = await tx.users.findByEmail(email)
  const user = known ?? (await provision(deps, tx, { ...word, email }))
  if (!user?.active || !(await tx.bindings.bind({ issuer, subject }, user.id))) return undefined
  await recordEvent(deps, tx.outbox, {
    type: "person.bound",
    actor: { kind: "user", id: user.id },
    data: { user: user.id, issuer },
  })
  return user
}

/** Makes a member of whom the provider named by a verified email of a settled domain. */
async function provision(
  deps: RecordContext,
  tx: Pick<Transaction, Stores>,
  { issuer, email, name }: Word & { readonly email: string },
): Promise<User | undefined> {
  if (!isAddress(email) || !isOfDomain(email, await tx.organisation.signInSettings())) return undefined
  const id = newId("user", deps.clock)
  const createdAt = deps.clock.now()
  const user: User = { id, name: plainName(name, email), email, role: "member", active: true, createdAt }
  if (!(await tx.users.add(user))) return undefined
  await indexPeople(tx, [user])
  await recordEvent(deps, tx.outbox, {
    type: "person.provisioned",
    actor: { kind: "user", id },
    data: { user: id, issuer, role: user.role },
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
