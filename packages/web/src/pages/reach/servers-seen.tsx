import type { ObservedServerView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { useObservedServers } from "../../data/reach-query.ts"
import { capabilityWords, flagWords } from "../../words/access-words.ts"
import { SeenList } from "./seen-list.tsx"

/** The MCP servers that agents were seen to use. */
export function ServersSeen(): ReactNode {
  return (
    <SeenList
      list={useObservedServers()}
      what="The servers"
      name="Servers"
      empty="An MCP server shows here as soon as the configuration of an agent names it."
    >
      {(server) => <Server server={server} />}
    </SeenList>
  )
}

function Server({ server }: { server: ObservedServerView }): ReactNode {
  const { command, args, url } = server
  return (
    <span className="min-w-0">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">
          <Said text={server.name} />
        </span>
        <span className="text-soft">
          <Said text={server.system ?? "system not known"} />
        </span>
        {!server.enabled && <span className="text-small text-faint">switched off</span>}
        {server.flags.map((flag) => (
          <span key={flag} className="inline-flex items-center gap-1 text-small whitespace-nowrap text-high">
            <Icon name="warning" className="size-3" />
            <Said text={flagWords(flag)} />
          </span>
        ))}
      </span>
      <span className="block text-small text-soft">
        <Said text={capabilityWords(server.capabilities)} />
      </span>
      <code className="block truncate font-mono text-small text-faint">
        <Said text={url ?? [command, ...args].filter(Boolean).join(" ")} />
      </code>
    </span>
  )
}
