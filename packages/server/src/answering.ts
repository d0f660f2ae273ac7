import type { RequestListener } from "node:http"
import { getRequestListener } from "@hono/node-server"
import type { Store } from "@tabard/control"
import { type JsonObject, Problem, type Upstream } from "@tabard/core"
import { Hono } from "hono"
import type { ChangeFeed } from "./api/changes/change-feed.ts"
import type { ApiServices } from "./api/services.ts"
import { StandingMemo } from "./api/standing-memo.ts"
import { openAccess } from "./authzen/open-access.ts"
import type { Config } from "./config.ts"
import { gatewayDoor } from "./door/gateway.ts"
import type { GatewaySettings } from "./gateway/gateway-settings.ts"
import { listUpstreamTools } from "./gateway/list-upstream-tools.ts"
import type { Sandbox } from "./gateway/stdio-sandbox.ts"
import { UpstreamFault } from "./gateway/upstream-fault.ts"
import { UPSTREAM_LIMITS } from "./gateway/upstream-limits.ts"
import type { UpstreamPool } from "./gateway/upstream-pool.ts"
import { decisionHealth } from "./health/decision-health.ts"
import { recordHealth, storeHealth } from "./health/record-health.ts"
import { createApp } from "./http/app.ts"
import { clientAddress, exactAddress } from "./http/client-address.ts"
import { hostsOf } from "./http/own-site.ts"
import { securityHeadersOf } from "./http/security-headers.ts"
import type { ScanRunner } from "./jobs/scan-runner.ts"
import { servedLogs } from "./log/served-logs.ts"
import type { OpenOrganisation } from "./organisation/open-organisation.ts"
import { programVersion } from "./program-version.ts"
import { openIdProvider } from "./sign-in/open-id-provider.ts"
import { CALLBACK_PATH } from "./sign-in/provider-door.ts"

/** Everything that answers a request. */
export interface AnsweringDeps {
  readonly config: Config
  readonly open: OpenOrganisation
  readonly pool: UpstreamPool
  readonly scans: ScanRunner
  readonly changes: ChangeFeed
  readonly sandbox: Sandbox
  readonly settings: GatewaySettings
  readonly store: Store
  readonly stopping: AbortSignal
  readonly onFault: (error: unknown) => void
}

/** Answers each request by the part that it is for: the issuer, the gateway, the API or the console. */
export async function answering(deps: AnsweringDeps): Promise<RequestListener> {
  const { config, open, store, onFault } = deps
  const hosts = hostsOf(open.publicUrl)
  const gateway = config.roles.includes("gateway")
    ? await gatewayDoor({
        ...deps,
        hosts,
        addressOf: exactAddress(config.proxies),
        privateNetworks: config.privateNetworks,
      })
    : new Hono()
  const access = openAccess({ open, onFault, addressOf: exactAddress(config.proxies) })
  const { ways, exporting, signals } = open
  const services =
    ways && exporting && signals
      ? servicesOf(deps, { ways, exporting, signals }, await programVersion())
      : null
  const https = open.publicUrl.startsWith("https:")
  const addressOf = clientAddress(config.proxies)
  const app = createApp({
    services,
    gateway,
    access: access.door,
    hosts,
    https,
    addressOf,
    onFault,
    ping: () => store.ping(),
    record: open.recordWatch,
  })
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const issues = open.authorizationServer
  const always = securityHeadersOf(https)

  return (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? ""
    const ours = hosts.has(request.headers.host ?? "")
    // The app refuses names that are not ours, at the issuer's addresses as at its own.
    if (ours && access.lane(request, response, always)) return
    if (!ours || !issues?.handles(path)) return void listener(request, response)
    for (const [name, value] of always) response.setHeader(name, value)
    issues.callback(request, response).catch((error: unknown) => {
      onFault(error)
      response.destroy()
    })
  }
}

function servicesOf(
  { config, open, scans, changes, sandbox, store, stopping, onFault }: AnsweringDeps,
  {
    ways,
    exporting,
    signals,
  }: { [Name in "ways" | "exporting" | "signals"]: NonNullable<OpenOrganisation[Name]> },
  version: string,
): ApiServices {
  const { issuer, resource } = open
  return {
    ...open,
    wholeShelf: open.shelf,
    ways,
    exporting,
    signals: { ...signals, stopping },
    scans,
    changes,
    standing: {
      overview: new StandingMemo(open),
      findings: new StandingMemo(open),
      systems: new StandingMemo(open),
    },
    onFault,
    ownFolders: config.ownFolders,
    provider: config.provider && openIdProvider(config.provider, `${open.publicUrl}${CALLBACK_PATH}`),
    log: open.record,
    record: open.recordWatch,
    health: [
      storeHealth(() => store.ping()),
      recordHealth(open.shelf, { clock: open.clock, ...config.record }),
      decisionHealth(open.shelf, open.clock),
    ],
    logs: servedLogs(open),
    installation: {
      facts: {
        version,
        node: process.version,
        store: config.store.kind,
        roles: config.roles,
        production: config.production,
        sandboxed: config.sandbox !== "none",
      },
      schema: () => store.schemaStep(),
    },
    listTools: (server) => toolsOf(sandbox, server),
    issuer: { issuer: issuer.issuer, tokenEndpoint: issuer.metadata.token_endpoint, resource },
  }
}

/** A server that cannot be asked is nothing to register, and no fault of ours: whoever named it is told why. */
async function toolsOf(sandbox: Sandbox, server: Upstream): Promise<readonly JsonObject[]> {
  try {
    const tools = await listUpstreamTools({ sandbox, limits: UPSTREAM_LIMITS }, server)
    return tools.map(({ definition }) => definition)
  } catch (cause) {
    if (!(cause instanceof UpstreamFault)) throw cause
    throw new Problem("body_invalid", `the server does not tell its tools: ${cause.message}`, { cause })
  }
}
