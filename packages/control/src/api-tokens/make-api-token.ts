import { newId, Problem, REGISTRATION_SCOPE, ROLES, type Role, SCIM_SCOPE } from "@tabard/core"
import type { Fingerprint } from "@tabard/scan"
import { handleHash } from "../access/handle-hash.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { declareWithin, type ReachStores, reassessHolders } from "../self-government/declare-reach.ts"
import type { Transact } from "../transaction.ts"
import type { ApiToken } from "./api-token-store.ts"
import { newTokenText } from "./token-text.ts"

/** What managing API tokens needs. */
export interface ApiTokenDeps extends RecordContext {
  readonly transact: Transact<"apiTokens" | keyof ReachStores>
  /** By what a scan knows a secret where it finds it; none where this process holds no key for that. */
  readonly fingerprint?: Fingerprint | undefined
}

/** What a token is made for. */
export interface ApiTokenWish {
  readonly purpose: string
  readonly role: Role
  readonly scopes: readonly string[]
  readonly days: number
  /** The agents and servers that are to hold it, by their ids. */
  readonly heldBy?: readonly string[] | undefined
}

/** A token as it is made: its text is shown now and kept nowhere. */
export interface MadeApiToken {
  readonly token: string
  readonly made: ApiToken
}

/** The longest that a token works, in days. */
export const MAX_TOKEN_DAYS: number = 365

/** The most live tokens of one maker. */
const MOST_TOKENS = 100

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Makes a token for a machine. Nobody makes one that is more than they are.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function makeApiToken(
  deps: ApiTokenDeps,
  by: Caller,
  { purpose, role, scopes, days, heldBy = [] }: ApiTokenWish,
): Promise<MadeApiToken> {
  assertMayManageTokens(by)
  if (lesserRole(role, by.role) !== role)
    throw new Problem("not_allowed", `you are ${by.role}, and may not make a token that is ${role}`)
  for (const scope of ALONE) if (scopes.includes(scope)) assertMayOpen(by, scope, scopes)
  if (!Number.isInteger(days) || days < 1 || days > MAX_TOKEN_DAYS)
    throw new Problem("body_invalid", `a token works for 1 to ${MAX_TOKEN_DAYS} days`)
  const token = newTokenText()
  const madeAt = deps.clock.now()
  const made: ApiToken = {
    id: newId("apiToken", deps.clock),
    tokenHash: handleHash(token),
    fingerprint: deps.fingerprint?.(token) ?? null,
    purpose,
    role,
    scopes,
    madeBy: by.id,
    madeAt,
    expiresAt: new Date(madeAt.getTime() + days * DAY_MS),
    lastUsedAt: null,
    revoked: null,
  }
  await deps.transact(async (tx) => {
    const { apiTokens, outbox } = tx
    if ((await apiTokens.countLive(by.id, madeAt)) >= MOST_TOKENS)
      throw new Problem("not_allowed", `you have ${MOST_TOKENS} live tokens: revoke one that is not needed`)
    await apiTokens.insert(made)
    await recordEvent(deps, outbox, {
      type: "api-token.made",
      actor: { kind: "user", id: by.id },
      data: { apiToken: made.id, purpose, role, scopes, expiresAt: made.expiresAt.toISOString() },
    })
    for (const holder of heldBy) await declareWithin(deps, tx, by, { holder, to: made.id })
  })
  return { token, made }
}

/**
 * Ends a token at once and for ever.
 *
 * @throws {Problem} not_allowed, api_token_not_found
 */
export async function revokeApiToken(
  deps: ApiTokenDeps,
  by: Caller,
  { apiToken: id, reason }: { apiToken: ApiToken["id"] | undefined; reason: string },
): Promise<void> {
  assertMayManageTokens(by)
  await deps.transact(async (tx) => {
    const { apiTokens, outbox } = tx
    const revoked = id && (await apiTokens.revoke(id, { by: by.id, at: deps.clock.now() }))
    if (!revoked) throw new Problem("api_token_not_found", "there is no such token that is not revoked")
    await recordEvent(deps, outbox, {
      type: "api-token.revoked",
      actor: { kind: "user", id: by.id },
      data: { apiToken: revoked.id, purpose: revoked.purpose, reason },
    })
    await reassessHolders(deps, tx, revoked.id)
  })
}

/** Answers the role that may do less. */
export function lesserRole(one: Role, other: Role): Role {
  return ROLES.indexOf(one) > ROLES.indexOf(other) ? one : other
}

/** Whoever holds such a token says who is here, or by what people sign in. */
const ALONE = [SCIM_SCOPE, REGISTRATION_SCOPE] as const

/** Administrators alone make one, and it is for nothing else. */
function assertMayOpen({ role }: Caller, scope: (typeof ALONE)[number], scopes: readonly string[]): void {
  const forWhat = scope === SCIM_SCOPE ? "SCIM" : "registering a client"
  if (role !== "administrator")
    throw new Problem("not_allowed", `only administrators make a token for ${forWhat}`)
  if (scopes.length > 1)
    throw new Problem("body_invalid", `a token for ${forWhat} is for nothing else: name no other scope`)
}

function assertMayManageTokens(by: Caller): void {
  if (!isSteward(by))
    throw new Problem("not_allowed", "only security and administrators may manage API tokens")
}
