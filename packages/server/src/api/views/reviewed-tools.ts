import type { ObservedServerView } from "@tabard/api"
import type { ToolVersion, Upstream, UpstreamLaunch } from "@tabard/core"

/** How a seen server is started or reached. */
type Seen = Pick<ObservedServerView, "command" | "args" | "url">

/**
 * Answers what is known of a seen server's tools: those that were reviewed where the same package, program or address is
 * behind the gateway, whatever version and arguments it has there; null where none is.
 */
export function reviewedTools(
  upstreams: readonly Upstream[],
  pinned: readonly ToolVersion[],
): (seen: Seen) => ObservedServerView["tools"] {
  const tools = Map.groupBy(pinned, ({ server }) => server)
  const known = new Map(upstreams.map(({ id, launch }) => [programOf(asSeen(launch)), tools.get(id) ?? []]))
  return (seen) => {
    const program = programOf(seen)
    const found = program === null ? undefined : known.get(program)
    return found?.map(({ name, effects }) => ({ name, effects })) ?? null
  }
}

function asSeen(launch: UpstreamLaunch): Seen {
  return launch.transport === "http"
    ? { command: null, args: [], url: launch.url }
    : { command: launch.command, args: launch.args, url: null }
}

/** Launchers that run the package which their first argument names. */
const LAUNCHERS: readonly string[] = ["npx", "bunx", "uvx", "pnpx"]

/** What tells one program from another: its address, its package without a version, or its command. */
function programOf({ command, args, url }: Seen): string | null {
  if (url !== null) return `url ${url}`
  if (command === null) return null
  const name = command.split(/[\\/]/).at(-1) ?? command
  if (!LAUNCHERS.includes(name)) return `command ${[command, ...args].join(" ")}`
  const packaged = args.find((arg) => !arg.startsWith("-"))
  return packaged === undefined ? null : `package ${packaged.replace(/(?<=.)(?:@|==)[^@/]*$/, "")}`
}
