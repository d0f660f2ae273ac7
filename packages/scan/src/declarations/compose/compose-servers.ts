import type { ServerEntry } from "../../configurations/server-entries.ts"
import type { ComposeService } from "./compose-services.ts"
import { knownImage } from "./container-images.ts"

/** Answers the MCP servers that a service is, or that it starts for others. */
export function serversOf(service: ComposeService): readonly ServerEntry[] {
  const { name, path, image, command, environment } = service
  const known = knownImage(image)
  if (known?.kind === "server")
    return [{ name, path, fields: { command: "docker", args: ["run", image, ...command], env: environment } }]
  if (known?.kind !== "gateway") return []
  const named = namedServers(command)
  const started = named.map((server) => ({
    name: server,
    path: [...path, "command"],
    fields: { command: "docker", args: ["run", `mcp/${server}`] },
  }))
  const gateway = { name, path, fields: { command: "docker", args: ["mcp", "gateway", "run", ...command] } }
  return named.length > 0 ? started : [gateway]
}

/** A gateway is told what to start: `--servers=a,b`, or `--servers a`, more than once. */
function namedServers(command: readonly string[]): readonly string[] {
  return command.flatMap((word, at) => {
    const value = word.startsWith("--servers=")
      ? word.slice(10)
      : word === "--servers"
        ? (command[at + 1] ?? "")
        : ""
    return value
      .split(",")
      .map((name) => name.trim())
      .filter((name) => /^[\w.-]+$/.test(name))
  })
}
