import type { UpstreamLaunch } from "@tabard/core"

const LAUNCHERS = /(^|[\\/])(npx|bunx|pnpx)(\.cmd)?$/
const RUNTIMES = /(^|[\\/])(node|bun)(\.exe)?$/
const INSTALLED = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
const NAMED = /^(@[a-z0-9~.-]+\/[a-z0-9~._-]+|[a-z0-9~._-]+)(?:@[^/\s]+)?$/i

/**
 * Answers the npm package that an stdio server is started from, as its command line says, so that what is known of the
 * package's tools serves. The command is an administrator's word; nothing that the server says of itself is asked.
 */
export function packageOf(launch: UpstreamLaunch): string | undefined {
  if (launch.transport !== "stdio") return undefined
  const { command, args } = launch
  const first = args.find((argument) => !argument.startsWith("-"))
  if (LAUNCHERS.test(command)) return first === undefined ? undefined : NAMED.exec(first)?.[1]
  // What runs is the file that a runtime is given, or the command itself; later arguments are data.
  const program = RUNTIMES.test(command) ? first : command
  return program === undefined ? undefined : INSTALLED.exec(program)?.[1]?.replace("\\", "/")
}
