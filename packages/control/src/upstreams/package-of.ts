import type { UpstreamLaunch } from "@tabard/core"

const LAUNCHERS = /(^|[\\/])(npx|bunx|pnpx)(\.cmd)?$/
const INSTALLED = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
const NAMED = /^(@[a-z0-9~.-]+\/[a-z0-9~._-]+|[a-z0-9~._-]+)(?:@[^/\s]+)?$/i

/**
 * Answers the npm package that an stdio server is started from, as its command line says, so that what is known of the
 * package's tools serves. The command is an administrator's word; nothing that the server says of itself is asked.
 */
export function packageOf(launch: UpstreamLaunch): string | undefined {
  if (launch.transport !== "stdio") return undefined
  const installed = [launch.command, ...launch.args].map((part) => INSTALLED.exec(part)?.[1]).find(Boolean)
  if (installed) return installed.replace("\\", "/")
  if (!LAUNCHERS.test(launch.command)) return undefined
  const named = launch.args.find((argument) => !argument.startsWith("-"))
  return named === undefined ? undefined : NAMED.exec(named)?.[1]
}
