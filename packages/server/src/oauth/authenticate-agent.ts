import { type AgentPrincipal, checkToken, type Shelf, TokenRefused } from "@tabard/control"
import type { Clock } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import type { KnownStanding } from "./known-standing.ts"
import type { ProofNonces } from "./proof-nonces.ts"
import { replayGuard } from "./replay-guard.ts"
import type { SettledTokens } from "./settled-tokens.ts"
import { brokenCondition } from "./token-conditions.ts"
import { Unauthorized } from "./unauthorized.ts"
import type { VerifiedTokens } from "./verified-tokens.ts"
import { type BoundRequest, verifyBoundToken } from "./verify-bound-token.ts"

/** What a door for agents is made from. */
export interface AgentDoor {
  readonly shelf: Shelf
  readonly clock: Clock
  /** The issuer whose tokens count here; its keys are asked for at each request, since they change. */
  readonly server: { readonly issuer: string; jwks(): JSONWebKeySet }
  /** What tokens have to be issued for: any one of these. */
  readonly resources: readonly string[]
  /** How tokens stand, and which were verified; the store is read for each request without. */
  readonly standing?: KnownStanding
  readonly verified?: VerifiedTokens
  /** What was settled about tokens, and the nonces that proofs repeat where that was: nothing is wanted without. */
  readonly settled?: Pick<SettledTokens, "read">
  readonly nonces?: ProofNonces
  /** Where the door describes itself (RFC 9728). */
  readonly resourceMetadata: string
}

/** The parts of a request that prove who makes it. `url` is its public address, as its client knows it. */
export interface AgentRequest extends Pick<BoundRequest, "authorization" | "dpop" | "method" | "url"> {
  /** Where it comes from, as far as that is known. */
  readonly address?: string | undefined
}

/**
 * Answers which agent makes a request: its token verifies, its proof is right and new, and all that the token stands
 * on stands now, from where it comes and at this hour.
 *
 * @throws {Unauthorized}
 */
export async function authenticateAgent(door: AgentDoor, request: AgentRequest): Promise<AgentPrincipal> {
  const { shelf, clock, server, resources, resourceMetadata } = door
  const settings = await door.settled?.read()
  const claims = await verifyBoundToken({
    ...request,
    now: clock.now(),
    jwks: server.jwks(),
    issuer: server.issuer,
    audiences: resources,
    replay: replayGuard(shelf),
    nonces: settings?.proofNonce === "required" ? door.nonces : undefined,
    verified: door.verified,
    resourceMetadata,
  })
  const check = door.standing
    ? door.standing.check(claims)
    : checkToken({ snapshot: shelf.snapshot, clock }, claims)
  const principal = await check.catch((error: unknown) => {
    if (!(error instanceof TokenRefused)) throw error
    throw new Unauthorized(resourceMetadata, "invalid_token", error.message, { cause: error })
  })
  const broken = brokenCondition(principal, settings, { address: request.address, now: clock.now() })
  if (broken) throw new Unauthorized(resourceMetadata, "invalid_token", broken)
  return principal
}
