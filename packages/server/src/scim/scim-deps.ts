import {
  type Caller,
  governedShelf,
  isForScim,
  type ProvisionDeps,
  type ProvisionTeamDeps,
  type Snapshot,
  scimCaller,
} from "@tabard/control"
import { SCIM_SCOPE } from "@tabard/core"
import { bearerToken } from "../api/caller.ts"
import { type ApiServices, recordContext } from "../api/services.ts"
import { changedBy, SCIM_PATH } from "./changed-by.ts"
import { ScimRefusal } from "./scim-refusal.ts"

/** What one request over SCIM is answered with: whose it is, and what it may work on. */
export interface ScimRequest {
  /** Whoever made the token. */
  readonly by: Caller
  readonly deps: ProvisionDeps & ProvisionTeamDeps
  readonly snapshot: Snapshot
  /** The address of the door, to which those of its resources are added. */
  readonly base: string
}

/**
 * Answers who asks, by a token that was made for SCIM and by nothing else.
 *
 * @throws {ScimRefusal} 401, 403
 */
export async function scimRequest(services: ApiServices, request: Request): Promise<ScimRequest> {
  const { shelf, clock, publicUrl, provider } = services
  const token = bearerToken(request)
  const caller = token === undefined ? undefined : await scimCaller({ ...shelf, clock }, token)
  if (!caller) {
    const words = "send an API token that works, as Authorization: Bearer; have one made for SCIM"
    throw new ScimRefusal(401, undefined, words)
  }
  if (!isForScim(caller.apiToken))
    throw new ScimRefusal(
      403,
      undefined,
      `this API token was not made for SCIM: have one made with the scope ${SCIM_SCOPE}`,
    )
  const context = { ...recordContext(services), via: caller.apiToken.id, door: "scim" } as const
  const governed = governedShelf(context, shelf, {
    operation: `SCIM ${request.method}`,
    actor: caller.apiToken.id,
    caller: caller.by.id,
    changes: changedBy(request),
  })
  return {
    by: caller.by,
    deps: { ...context, transact: governed.transact, provider: provider && provider.issuer },
    snapshot: shelf.snapshot,
    base: `${publicUrl}${SCIM_PATH}`,
  }
}
