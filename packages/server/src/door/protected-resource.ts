/** Protected resource metadata: https://www.rfc-editor.org/rfc/rfc9728 */
import { EFFECT_CLASSES, type TokenSettings } from "@tabard/core"
import { Hono } from "hono"
import { AGENT_SIGNING_ALGORITHMS } from "../oauth/public-key.ts"
import type { SettledTokens } from "../oauth/settled-tokens.ts"

const WELL_KNOWN = "/.well-known/oauth-protected-resource"

/** Where a resource describes itself: the well-known part goes between host and path (§3.1). */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource)
  return `${origin}${WELL_KNOWN}${pathname}`
}

/** What a description tells of. */
export interface DescribedResource {
  readonly resource: string
  readonly issuer: string
  /** What the organisation has settled about tokens. */
  readonly settled: Pick<SettledTokens, "read">
}

/** Serves the gateway's description, and that of each server behind it: each names itself, and no other (§3.3). */
export function protectedResource({ resource, issuer, settled }: DescribedResource): Hono {
  const { pathname } = new URL(resource)
  const describe = async (described: string): Promise<object> => ({
    resource: described,
    authorization_servers: [issuer],
    // What a client may ask for: an effect class of a tool each.
    scopes_supported: EFFECT_CLASSES,
    dpop_signing_alg_values_supported: AGENT_SIGNING_ALGORITHMS,
    ...boundness(await settled.read()),
    resource_name: "Tabard MCP gateway",
  })
  const app = new Hono()
  for (const path of ["", pathname]) {
    app.get(`${WELL_KNOWN}${path}`, async (context) => context.json(await describe(resource)))
  }
  app.get(`${WELL_KNOWN}${pathname}/:server`, async (context) =>
    context.json(await describe(`${resource}/${encodeURIComponent(context.req.param("server"))}`)),
  )
  return app
}

/** Where any tier's agents may have tokens that are bound to no key, those are taken as well: in the header alone. */
function boundness({ bearerTiers }: Pick<TokenSettings, "bearerTiers">): object {
  const alsoUnbound = bearerTiers.length > 0
  return {
    bearer_methods_supported: alsoUnbound ? ["header"] : [],
    dpop_bound_access_tokens_required: !alsoUnbound,
  }
}
