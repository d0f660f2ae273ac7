import type { PresentedToken, RegisteredPoint } from "@tabard/control"
import type { Context } from "hono"
import { bearerToken } from "../api/caller.ts"
import { Unauthorized } from "../oauth/unauthorized.ts"
import { AccessRefused } from "./access-refused.ts"
import type { KnownPoints } from "./known-points.ts"

/** Who asks: an enforcement point that a person registered, or an agent by its own token. */
export type AccessCaller =
  | { readonly kind: "point"; readonly point: RegisteredPoint }
  | { readonly kind: "agent"; readonly token: PresentedToken; readonly served: string | null }

/** How callers are known. */
export interface AccessCallerDeps {
  readonly points: Pick<KnownPoints, "find">
  /** Answers whose token a request carries. @throws {Unauthorized} */
  readonly agentOf: (context: Context) => Promise<Extract<AccessCaller, { kind: "agent" }>>
}

/** How API tokens begin; whatever else is sent is an agent's. */
const API_TOKEN = "tbd_"

/**
 * Answers who asks (§11.3).
 *
 * @throws {AccessRefused} 401
 */
export async function accessCaller(deps: AccessCallerDeps, context: Context): Promise<AccessCaller> {
  const request = context.req.raw
  const token = bearerToken(request)
  if (token?.startsWith(API_TOKEN)) {
    const point = await deps.points.find(token)
    if (point) return { kind: "point", point }
    throw unknown('Bearer realm="tabard", error="invalid_token"')
  }
  if (!request.headers.has("authorization")) throw unknown('Bearer realm="tabard"')
  try {
    return await deps.agentOf(context)
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error
    throw new AccessRefused(401, error.body.error, error.message, error.headers)
  }
}

function unknown(challenge: string): AccessRefused {
  const message =
    "send the API token of a registered enforcement point as a bearer token, or an agent's own token with its proof"
  return new AccessRefused(401, "caller_unknown", message, { "www-authenticate": challenge })
}
