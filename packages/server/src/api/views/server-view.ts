import type { ServerView } from "@tabard/api"
import type { ToolVersion, Upstream } from "@tabard/core"

/** Shows a server behind the gateway with its pinned tools. */
export function serverView(
  { id, name, launch }: Upstream,
  tools: readonly ToolVersion[],
  publicUrl: string,
): ServerView {
  const stdio = launch.transport === "stdio"
  return {
    id,
    name,
    transport: launch.transport,
    reach: stdio ? [launch.command, ...launch.args].join(" ") : launch.url,
    roots: stdio ? launch.roots : [],
    address: `${publicUrl}/mcp/${name}`,
    tools: tools.map(({ id: version, name: tool, digest, effects, definition }) => {
      const { description } = definition
      return {
        id: version,
        name: tool,
        digest,
        effects,
        description: typeof description === "string" ? description : "",
      }
    }),
  }
}
