import { parseArgs } from "node:util"
import { parseDuration } from "../parse-duration.ts"
import { UsageError } from "../usage-error.ts"
import { serverOrigin } from "./reporter-file.ts"

/** How the three commands of a watch are used. */
export const WATCH_USAGE: Readonly<Record<"install" | "show" | "uninstall", string>> = {
  install: `usage: tabard watch install --push URL [--every TIME] [PATH…] [--yes]

Has this system (systemd, launchd or the Windows task scheduler) scan for you each TIME (30m where nobody says), and push to
the server at URL, at which this machine is enrolled. It shows what it would write and run, and does it where you type yes,
or with --yes. It runs as you, with no more rights than reading needs, and nothing secret is in what it writes.`,
  show: "usage: tabard watch show\n\nSays whether this system scans for you, and shows what was written for it.",
  uninstall: `usage: tabard watch uninstall [--yes]

Ends what tabard watch install began, and takes away what it wrote. The machine stays enrolled until it is revoked.`,
}

/** What `tabard watch install` was asked. */
export interface WatchInstallOptions {
  readonly push: string
  readonly everyMs: number
  readonly paths: readonly string[]
  readonly yes: boolean
}

const DEFAULT_EVERY = "30m"
/** Servers take twelve reports an hour. */
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 24 * 60 * 60_000

/** Reads the arguments of `tabard watch install`; undefined asks for help. */
export function parseWatchInstall(args: readonly string[]): WatchInstallOptions | undefined {
  const options = {
    push: { type: "string" },
    every: { type: "string", default: DEFAULT_EVERY },
    yes: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const
  const { values, positionals } = read("install", () =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  )
  if (values.help) return undefined
  if (!values.push) throw usage("install", "--push is needed: a watch that tells nobody is none")
  const everyMs = parseDuration(values.every)
  if (everyMs === undefined || everyMs < SHORTEST_MS || everyMs > LONGEST_MS)
    throw usage("install", `--every takes a time from 5m to 24h, and not ${JSON.stringify(values.every)}`)
  if (positionals.includes("")) throw usage("install", "a PATH is empty: leave it out or name a folder")
  return { push: serverOrigin(values.push), everyMs, paths: positionals, yes: values.yes }
}

/** Reads the arguments of `tabard watch uninstall`; undefined asks for help. */
export function parseWatchUninstall(args: readonly string[]): { readonly yes: boolean } | undefined {
  const options = {
    yes: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const
  const { values } = read("uninstall", () => parseArgs({ args: [...args], options }))
  return values.help ? undefined : { yes: values.yes }
}

/** Reads the arguments of `tabard watch show`; undefined asks for help. */
export function parseWatchShow(args: readonly string[]): object | undefined {
  const options = { help: { type: "boolean", short: "h", default: false } } as const
  const { values } = read("show", () => parseArgs({ args: [...args], options }))
  return values.help ? undefined : {}
}

function read<Parsed>(command: keyof typeof WATCH_USAGE, parse: () => Parsed): Parsed {
  try {
    return parse()
  } catch (error) {
    throw usage(command, error instanceof Error ? error.message : "unknown arguments")
  }
}

function usage(command: keyof typeof WATCH_USAGE, message: string): UsageError {
  return new UsageError(`${message}\n${WATCH_USAGE[command]}`)
}
