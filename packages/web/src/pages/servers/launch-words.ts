import type { ObservedServerView } from "@tabard/api"

/** Says how a server is reached: its address, or the command that starts it. */
export function launchWords({
  command,
  args,
  url,
}: Pick<ObservedServerView, "command" | "args" | "url">): string {
  return url ?? [command, ...args].filter((word) => word !== null && word !== "").join(" ")
}
