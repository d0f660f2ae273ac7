import type { EnforcementPoint } from "@tabard/control"
import { isId, newId } from "@tabard/core"
import { type Context, Hono } from "hono"
import { GATEWAY_SETTINGS, type GatewaySettings } from "../gateway/gateway-settings.ts"
import { mcpGateway } from "../gateway/mcp.ts"
import type { UpstreamPool } from "../gateway/upstream-pool.ts"
import { seenFrom } from "../http/seen-at-door.ts"
import { SettledTokens } from "../oauth/settled-tokens.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { gatewayAuthenticator } from "./authenticator.ts"
import { gatewayDecisions } from "./decisions.ts"
import { storeNotices } from "./notices.ts"
import { protectedResource } from "./protected-resource.ts"

export interface GatewayDoorDeps {
  readonly open: OpenOrganisation
  readonly pool: UpstreamPool
  readonly hosts: ReadonlySet<string>
  /** Answers where a request comes from, past listed proxies. */
  readonly addressOf: (context: Context) => string
  /** From where agents come by the private endpoint. */
  readonly privateNetworks: readonly string[]
  /** Aborted when the server stops: waiting calls are answered, not cut. */
  readonly stopping: AbortSignal
  readonly onFault: (error: unknown) => void
  readonly settings?: GatewaySettings
}

/** What the gateway sees by itself: where a request comes from and by which endpoint, and where paths lead on disk. */
const SEES: EnforcementPoint["asserts"] = ["network", "posture", "resolved-path"]

/** Opens the gateway's door in one organisation: registered at the decision point, with what it sees itself. */
export async function gatewayDoor(deps: GatewayDoorDeps): Promise<Hono> {
  const { open, pool, hosts, privateNetworks, stopping, onFault, settings = GATEWAY_SETTINGS } = deps
  const { shelf, clock, issuer, resource } = open
  const known = await shelf.transact(({ enforcementPoints }) =>
    enforcementPoints.ensure({
      id: newId("enforcementPoint", clock),
      name: "gateway",
      kind: "gateway",
      subjects: ["*"],
      asserts: SEES,
    }),
  )
  // An installation may have registered the gateway when it saw less.
  const point = { ...known, asserts: SEES }
  const addresses = new WeakMap<Request, string>()
  const app = new Hono()
  app.use("/mcp/*", async (context, next) => {
    addresses.set(context.req.raw, deps.addressOf(context))
    await next()
  })
  app.route(
    "/",
    protectedResource({
      resource,
      issuer: issuer.issuer,
      settled: new SettledTokens({ snapshot: shelf.snapshot, clock }),
    }),
  )
  app.route(
    "/",
    mcpGateway({
      authenticator: gatewayAuthenticator(
        open,
        (request) => addresses.get(request),
        seenFrom(privateNetworks),
      ),
      decisions: gatewayDecisions(open, point),
      notices: storeNotices(shelf),
      upstreams: {
        find: (name) =>
          shelf.snapshot(({ servers }) =>
            isId("server", name) ? servers.find(name) : servers.findByName(name),
          ),
      },
      pool,
      clock,
      hosts,
      settings,
      stopping,
      report: onFault,
    }),
  )
  return app
}
