import type { SeenServerView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"

/** The MCP servers that an agent is told to use, and what they can do. */
export function SeenServers({ servers }: { servers: readonly SeenServerView[] }): ReactNode {
  return (
    <ul>
      {servers.map((server) => (
        <li key={server.id} className="border-b px-3 py-2 last:border-b-0">
          <p className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate font-medium">
              <Said text={server.name} />
            </span>
            <span className="shrink-0 text-small text-faint">
              <Said text={[server.system, server.transport].filter(Boolean).join(" · ")} />
            </span>
          </p>
          <p className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-small text-soft">
            <Said
              text={
                server.capabilities.length > 0
                  ? server.capabilities.join(", ")
                  : "What it can do is not known"
              }
            />
            {server.flags.map((flag) => (
              <span key={flag} className="inline-flex items-center gap-1 text-high">
                <Icon name="warning" className="size-3" />
                <Said text={flag} />
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  )
}
