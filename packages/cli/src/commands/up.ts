import { isIP } from "node:net"
import { parseArgs } from "node:util"
import { ROLES, type RunningServer, readConfig, startServer, type UpOptions } from "@tabard/server"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { faultLines } from "./fault-lines.ts"
import { ScanProgressBar } from "./scan-progress.ts"
import { assertPlacesAreThere } from "./up-places.ts"

const USAGE = `usage: tabard up [--port N] [--host ADDRESS] [--data DIR] [--no-scan | --scan PATH …]
                 [--production] [--public-url URL] [--tls-cert FILE --tls-key FILE] [--proxy ADDRESS,…]
                 [--role R,…] [--oracle]

  --port N           where to listen (default 7070; 0 takes a free one)
  --host ADDRESS     what to listen on (default 127.0.0.1; anything that is not loopback demands what --production does)
  --data DIR         everything that is kept (default .tabard)
  --no-scan          read nothing at the start
  --scan PATH        read these places alone, instead of the home and the current directory
  --production       demand a key-encryption key (TABARD_KEK_FILE), TLS, and the sandbox for upstream servers
  --public-url URL   the address that people and agents use, where it is another than the bind
  --proxy ADDRESS,…  the proxies of yours that end TLS; anybody else who connects is hung up on
  --role R,…         of ${ROLES.join(", ")} (default all)
  --oracle           judge each decision by Cedar itself as well; where the two differ, deny and tell administrators

TABARD_STORE=postgres://… keeps everything in PostgreSQL instead of DIR/tabard.db.`

const OPTIONS = {
  port: { type: "string", default: "7070" },
  host: { type: "string", default: "127.0.0.1" },
  data: { type: "string", default: ".tabard" },
  "no-scan": { type: "boolean", default: false },
  scan: { type: "string", multiple: true },
  production: { type: "boolean", default: false },
  "public-url": { type: "string" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  proxy: { type: "string" },
  role: { type: "string" },
  oracle: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const

/** Reads the arguments of `tabard up`; undefined asks for help. */
export function parseUp(args: readonly string[]): UpOptions | undefined {
  const { values, positionals } = parsed(args)
  if (values.help) return undefined
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw usage("--port is a number from 0 to 65535")
  return {
    port,
    host: values.host,
    data: values.data,
    production: values.production,
    roles: rolesOf(values.role),
    scan: scanOf(values["no-scan"], values.scan ? [...values.scan, ...positionals] : undefined, positionals),
    tls: tlsOf(values["tls-cert"], values["tls-key"]),
    publicUrl: publicUrlOf(values["public-url"]),
    proxies: proxiesOf(values.proxy),
    oracle: values.oracle,
  }
}

function parsed(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : "wrong arguments")
  }
}

/** `--scan a b` names two places: what follows without a name of its own belongs to it. */
function scanOf(
  none: boolean,
  paths: readonly string[] | undefined,
  stray: readonly string[],
): UpOptions["scan"] {
  if (none && paths) throw usage("--no-scan and --scan contradict each other")
  if (!paths && stray.length > 0) throw usage(`${JSON.stringify(stray[0])} is not expected here`)
  if (none) return { kind: "none" }
  return paths ? { kind: "paths", paths } : { kind: "here" }
}

function rolesOf(text: string | undefined): UpOptions["roles"] {
  if (text === undefined) return ROLES
  const named = text.split(",").map((name) => name.trim())
  const unknown = named.find((name) => !ROLES.some((role) => role === name))
  if (unknown !== undefined)
    throw usage(`there is no role ${JSON.stringify(unknown)}: use ${ROLES.join(", ")}`)
  return ROLES.filter((role) => named.includes(role))
}

function tlsOf(cert: string | undefined, key: string | undefined): UpOptions["tls"] {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined) throw usage("--tls-cert and --tls-key go together")
  return { cert, key }
}

function publicUrlOf(text: string | undefined): string | null {
  if (text === undefined) return null
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search) {
    throw usage("--public-url is an address like https://tabard.example, without a path")
  }
  return url.origin
}

/** Addresses, not names: who answers to a name can change after it was asked. */
function proxiesOf(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const addresses = text.split(",").map((address) => address.trim())
  if (addresses.some((address) => isIP(address) === 0 || address.includes("%"))) {
    throw usage("--proxy is one IP address or several like 10.0.0.5,10.0.0.6")
  }
  return addresses
}

function usage(words: string): UsageError {
  return new UsageError(`${words}\n${USAGE}`)
}

/** `tabard up`: runs the server until it is told to stop. */
export async function up(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env, cwd, clock, signal } = surroundings
  const options = parseUp(args)
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const config = readConfig(options, env, cwd)
  if (options.scan.kind === "paths") await assertPlacesAreThere(config.scan?.roots ?? [])
  const bar = new ScanProgressBar(stderr, clock)
  await using server = await startServer(config, {
    clock,
    onFault: faultLines(clock, (line) => stderr.write(line)),
    onScan: (progress) => {
      if (progress.running && progress.place !== null) bar.progress({ ...progress, place: progress.place })
      else if (!progress.running) bar.clear()
    },
  })
  const words = await greeting(server)
  bar.clear()
  stdout.write(words)
  await Promise.race([server.scans.settled(), stopped(signal)])
  bar.clear()
  if (!signal.aborted && options.scan.kind !== "none") stdout.write(await summary(server))
  await stopped(signal)
  stdout.write("Stopping…\n")
  return 0
}

async function greeting(server: RunningServer): Promise<string> {
  const link = await server.signInLink()
  return `Tabard is running.

  Console        ${server.publicUrl}
  Sign in once   ${link}
                 (for the administrator, within 15 minutes; a new link is printed at each start)
  Data           ${server.data}

`
}

async function summary({ organisation, publicUrl }: RunningServer): Promise<string> {
  const counts = await organisation.shelf.snapshot(({ agents }) => agents.countByState())
  const found = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const agents = found === 1 ? "1 agent" : `${found} agents`
  return `Scan done: ${agents} in the inventory, ${counts.discovered ?? 0} not adopted: ${publicUrl}/agents\n`
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
}
