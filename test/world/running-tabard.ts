import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, createClient } from "@tabard/api"
import type { Store } from "@tabard/control"
import { type Clock, systemClock } from "@tabard/core"
import {
  GATEWAY_SETTINGS,
  type GatewaySettings,
  ROLES,
  type RunningServer,
  readConfig,
  startServer,
  type UpOptions,
} from "@tabard/server"

/** A whole Tabard in this process, in a directory of its own. */
export interface RunningTabard extends AsyncDisposable {
  readonly server: RunningServer
  readonly data: string
  /** What it could not do; a test that ends with any has failed. */
  readonly faults: readonly unknown[]
}

/** What a test may set. */
export interface TabardOptions {
  readonly data?: string
  readonly store?: string | undefined
  /** A store that is open already, and outlives this Tabard. */
  readonly openStore?: Store | undefined
  readonly scan?: readonly string[]
  readonly gateway?: Partial<GatewaySettings>
  /** What the environment sets besides. */
  readonly env?: Readonly<Record<string, string>>
  /** The address that people use, where it is another than the bind. */
  readonly publicUrl?: string
  /** The addresses of proxies that alone may connect. */
  readonly proxies?: readonly string[]
  readonly oracle?: boolean
  /** Where to listen; a free port where nobody says. */
  readonly port?: number
  /** The parts that it plays; all where nobody says. */
  readonly roles?: UpOptions["roles"]
  /** The files of its certificate and key, where it ends TLS itself. */
  readonly tls?: UpOptions["tls"]
  /** What it takes for the time. */
  readonly clock?: Clock
}

/** Starts Tabard on a free port, as `tabard up` does. */
export async function runTabard(options: TabardOptions = {}): Promise<RunningTabard> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "tabard-")))
  const env = { ...options.env, ...(options.store && { TABARD_STORE: options.store }) }
  const config = readConfig(upOptions(options, data), env, data)
  const faults: unknown[] = []
  const server = await startServer(config, {
    clock: options.clock ?? systemClock,
    onFault: (error) => void faults.push(error),
    gateway: { ...GATEWAY_SETTINGS, ...options.gateway },
    ...(options.openStore && { store: options.openStore }),
  })
  return {
    server,
    data,
    faults,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      if (!options.data) await rm(data, { recursive: true, force: true })
    },
  }
}

/** What a person would type after `tabard up`. */
function upOptions(options: TabardOptions, data: string): UpOptions {
  return {
    port: options.port ?? 0,
    host: "127.0.0.1",
    data,
    production: false,
    roles: options.roles ?? ROLES,
    scan: options.scan ? { kind: "paths", paths: options.scan } : { kind: "none" },
    tls: options.tls ?? null,
    publicUrl: options.publicUrl ?? null,
    proxies: options.proxies ?? [],
    oracle: options.oracle ?? false,
  }
}

/** A person at the API, with the cookie that signing in gave them. */
export interface SignedInPerson {
  readonly api: Client
  readonly cookie: () => string
}

/** Signs the first administrator in by the one-time link. */
export async function signInFirst(server: RunningServer, name: string): Promise<SignedInPerson> {
  const person = visitor(server)
  const code = new URL(await server.signInLink()).hash.slice(1)
  await person.api.signIn({ code, name, email: `${name.toLowerCase()}@example.test` })
  return person
}

/** Somebody at the API who has not signed in. */
export function visitor({ publicUrl }: Pick<RunningServer, "publicUrl">): SignedInPerson {
  let cookie = ""
  const api = createClient(publicUrl, async (url, init) => {
    const response = await fetch(url, {
      ...init,
      headers: [...new Headers(init.headers), ["cookie", cookie]],
    })
    const set = response.headers.getSetCookie()[0]
    if (set) cookie = set.split(";", 1)[0] ?? ""
    return response
  })
  return { api, cookie: () => cookie }
}
