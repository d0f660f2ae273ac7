/** Protected resource metadata: https://www.rfc-editor.org/rfc/rfc9728 */
import { EFFECT_CLASSES } from "@tabard/core"
import { Hono } from "hono"
import { AGENT_SIGNING_ALGORITHMS } from "../oauth/public-key.ts"

const WELL_KNOWN = "/.well-known/oauth-protected-resource"

/** Where a resource describes itself: the well-known part goes between host and path (§3.1). */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource)
  return `${origin}${WELL_KNOWN}${pathname}`
}

/** Serves the gateway's description, and that of each server behind it: each names itself, and no other (§3.3). */
export function protectedResource({ resource, issuer }: { resource: string; issuer: string }): Hono {
  const { pathname } = new URL(resource)
  const describe = (described: string): object => ({
    resource: described,
    authorization_servers: [issuer],
    // What a client may ask for: an effect class of a tool each.
    scopes_supported: EFFECT_CLASSES,
    bearer_methods_supported: [],
    dpop_signing_alg_values_supported: AGENT_SIGNING_ALGORITHMS,
    dpop_bound_access_tokens_required: true,
    resource_name: "Tabard MCP gateway",
  })
  const app = new Hono()
  for (const path of ["", pathname]) {
    app.get(`${WELL_KNOWN}${path}`, (context) => context.json(describe(resource)))
  }
  app.get(`${WELL_KNOWN}${pathname}/:server`, (context) =>
    context.json(describe(`${resource}/${encodeURIComponent(context.req.param("server"))}`)),
  )
  return app
}
