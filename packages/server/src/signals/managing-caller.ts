import { readers } from "@tabard/api"
import type { StreamCaller, StreamDeps } from "@tabard/control"
import { Problem } from "@tabard/core"
import { assertMay } from "../api/assert-may.ts"
import { assertWithinScopes, type CallerDeps, callerOf } from "../api/caller.ts"
import type { ApiServices } from "../api/services.ts"

/** What a receiver's request needs, as its token was found. */
export interface ManagingCaller {
  readonly caller: StreamCaller
  readonly deps: StreamDeps
}

/**
 * Answers the receiver that a bearer token stands for (RFC 6750 §2.1): it reaches its own streams alone.
 *
 * @throws {Problem} api_token_invalid, scope_missing, not_allowed, session_required
 */
export async function managingCaller(
  services: ApiServices & { readonly callers: CallerDeps },
  act: "manageStreams" | "readStreams",
  request: Request,
): Promise<ManagingCaller> {
  const found = await callerOf(services.callers, request)
  if (found?.kind !== "token")
    throw new Problem("session_required", "send an API token with the scope ssf.manage as a bearer token")
  assertWithinScopes(act, found)
  assertMay({ access: readers }, found.user)
  const { organisation, clock, shelf, signals, publicUrl } = services
  const via = found.apiToken.id
  const context = { organisation, clock, via, door: "signals" } as const
  return {
    caller: { by: found.user, receiver: via },
    deps: { ...context, transact: shelf.transact, box: signals.box, issuer: publicUrl },
  }
}
