import { governedBy, keptElsewhere } from "@tabard/api"
import {
  type AskedAct,
  assertGoverned,
  commandLineOf,
  governedShelf,
  type Hand,
  type RecordContext,
  type RecordGate,
  sessionUser,
  shelfFor,
  tokenUser,
  writeOnce,
} from "@tabard/control"
import { Problem } from "@tabard/core"
import { Hono } from "hono"
import { allHandlers } from "../api/all-handlers.ts"
import type { ApiCaller, CallerDeps } from "../api/caller.ts"
import { changesDoor } from "../api/changes/changes-door.ts"
import { documentationDoor } from "../api/documentation/documentation-door.ts"
import { type Act, mountApi } from "../api/mount.ts"
import { type ApiServices, recordContext } from "../api/services.ts"
import { tokenFingerprint } from "../api/token-fingerprint.ts"
import { healthDoor } from "../health/health-door.ts"
import { logDoor } from "../log/log-door.ts"
import { reportsDoor } from "../reports/reports-door.ts"
import { schemasDoor } from "../schemas/schemas-door.ts"
import { SCIM_PATH } from "../scim/changed-by.ts"
import { scimDoor } from "../scim/scim-door.ts"
import { providerDoor } from "../sign-in/provider-door.ts"
import { signalDoor } from "../signals/signal-door.ts"
import { type AttemptGateDeps, attemptGate } from "./attempt-gate.ts"
import { ownHost } from "./own-site.ts"
import { problemResponse } from "./problem-response.ts"
import { securityHeaders } from "./security-headers.ts"
import { WEB_ROOT, webApp } from "./web-app.ts"

export interface AppDeps {
  /** The API's, and with it the console; null where another process plays control. */
  readonly services: ApiServices | null
  readonly https: boolean
  /** The gateway's part of the addresses. */
  readonly gateway: Hono
  /** The decision point's part of them. */
  readonly access: Hono
  /** The names that this server answers to, with their ports. */
  readonly hosts: ReadonlySet<string>
  readonly addressOf: AttemptGateDeps["addressOf"]
  readonly onFault: (error: unknown) => void
  /** Rejects where a write could not be kept now. */
  readonly ping: () => Promise<void>
  readonly record: RecordGate
}

/** Everything that is said over HTTP but what the authorization server says itself. */
export function createApp(deps: AppDeps): Hono {
  const { services, gateway, hosts, https, onFault, ping, record } = deps
  const app = new Hono()
  app.onError((error) => {
    const response = problemResponse(error)
    if (!(error instanceof Problem)) onFault(error)
    return response
  })
  app.use(securityHeaders(https))
  app.use(ownHost(hosts))
  app.route("/", healthDoor({ ping, record }))
  if (services) openDoors(app, services, deps.addressOf)
  app.route("/", gateway)
  app.route("/", deps.access)
  if (services) app.get("*", webApp(WEB_ROOT))
  return app
}

/** What the control plane answers, behind the gate that bounds guesses. */
function openDoors(app: Hono, services: ApiServices, addressOf: AppDeps["addressOf"]): void {
  app.use(attemptGate({ ...services, addressOf }))
  app.route("/api/v1/reports", reportsDoor(services))
  app.route("/api/v1/changes", changesDoor({ ...services, ...callersOf(services) }))
  app.route("/api/v1", documentationDoor(services.publicUrl))
  app.route("/", schemasDoor())
  app.route("/api/v1", apiOf(services))
  app.route("/log", logDoor({ ...services, ...callersOf(services) }))
  app.route(SCIM_PATH, scimDoor(services))
  app.route("/", signalDoor({ ...services, callers: callersOf(services) }))
  if (services.provider) app.route("/", providerDoor(services, services.provider))
}

function apiOf(services: ApiServices): Hono {
  const { shelf, clock, publicUrl, record } = services
  const whole = allHandlers(services)
  return mountApi({
    handlers: (caller, { trace, shelf: own = shelf, act }) => {
      const traced = { ...services, shelf: own, wholeShelf: own, trace }
      if (caller) return allHandlers(servicesFor(governed(traced, caller, act), caller))
      return trace ? allHandlers(traced) : whole
    },
    ...callersOf(services),
    admit: async (caller, act) => {
      const asked = askedAct(caller, act)
      if (asked) await assertGoverned(contextOf(services, caller), shelf, asked)
    },
    origins: new Set([new URL(publicUrl).origin]),
    record,
    writeOnce: (write, act) => writeOnce({ shelf, clock }, write, act),
  })
}

function callersOf(services: ApiServices): CallerDeps {
  const { shelf, clock, publicUrl } = services
  const fingerprint = tokenFingerprint(services)
  return {
    publicUrl,
    signedIn: (token, unattended) => sessionUser({ ...shelf, clock }, token, unattended),
    tokenUser: (token) => tokenUser({ ...shelf, clock, fingerprint }, token),
  }
}

/** The services as an act by a way that an agent could have in its hands has them: a person at their browser is no agent. */
function governed(services: ApiServices, caller: ApiCaller, act: Act | undefined): ApiServices {
  const asked = act && askedAct(caller, act)
  if (!asked) return services
  const shelf = governedShelf(contextOf(services, caller), services.shelf, asked)
  return { ...services, shelf, wholeShelf: shelf }
}

function contextOf(services: ApiServices, caller: ApiCaller): RecordContext {
  return { ...recordContext(services), ...(caller.kind === "token" && { via: caller.apiToken.id }) }
}

function askedAct(caller: ApiCaller, { operation, input }: Act): AskedAct | undefined {
  const actor = handOf(caller)
  const changes = governedBy(operation, input)
  const kept = keptElsewhere(operation, input)
  return actor && { operation, actor, caller: caller.user.id, changes, kept }
}

/** By what a caller asks, where an agent could: a token, or whatever runs at a person's command line. */
function handOf(caller: ApiCaller): Hand | undefined {
  if (caller.kind === "token") return caller.apiToken.id
  return caller.at === "command line" ? commandLineOf(caller.user.id) : undefined
}

/** The services as one caller has them: what they may see and touch, and the token by which they ask. */
function servicesFor(services: ApiServices, caller: ApiCaller): ApiServices {
  const shelf = shelfFor(services.shelf, caller.user)
  return { ...services, shelf, ...(caller.kind === "token" && { via: caller.apiToken.id }) }
}
