import type { ServerView } from "@tabard/api"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Drawer, DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useServers } from "../../data/servers-query.ts"
import { capabilityWords } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"

/** One server behind the gateway, beside the list. */
export function GatewayServerDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Server behind the gateway" onClose={onClose}>
      <Loaded
        reading={readingOf(useServers())}
        what="The server"
        loading={<SkeletonLines lines={8} />}
        isEmpty={({ items }) => !items.some((server) => server.id === id)}
        empty={
          <EmptyFace title="There is no such server">
            Nothing of this id stands behind the gateway; scans may have seen it.
          </EmptyFace>
        }
        partial={() => null}
      >
        {({ items }) =>
          items.filter((server) => server.id === id).map((server) => <Story key={id} server={server} />)
        }
      </Loaded>
    </Drawer>
  )
}

function Story({ server }: { server: ServerView }): ReactNode {
  return (
    <div className="space-y-5">
      <h2 className="text-lead font-semibold wrap-anywhere">
        <Said text={server.name} />
      </h2>
      <dl>
        <DrawerFact name="Agents use">
          <Copyable text={server.address} what="the address" />
        </DrawerFact>
        <DrawerFact name={server.transport === "stdio" ? "Started by" : "Leads to"}>
          <Copyable text={server.reach} what="how it is reached" />
        </DrawerFact>
        {server.roots.length > 0 && (
          <DrawerFact name="May touch">
            <code className="font-mono text-small">
              <Said text={server.roots.join(", ")} />
            </code>
          </DrawerFact>
        )}
      </dl>
      <DrawerPart title={count(server.tools.length, "pinned tool")}>
        <p className="mb-2 text-soft">
          A tool whose definition is no longer the one that was pinned is refused until somebody reviews it.
        </p>
        <ul className="space-y-2">
          {server.tools.map((tool) => (
            <Tool key={tool.name} tool={tool} />
          ))}
        </ul>
      </DrawerPart>
    </div>
  )
}

function Tool({ tool }: { tool: ServerView["tools"][number] }): ReactNode {
  return (
    <li className="border-t pt-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <code className="font-mono wrap-anywhere">
          <Said text={tool.name} />
        </code>
        <span className="text-small text-soft">{capabilityWords(tool.effects)}</span>
      </p>
      <p className="line-clamp-2 text-small wrap-anywhere text-faint">
        <Said text={tool.description} />
      </p>
      <Copyable text={tool.digest} shown={`${tool.digest.slice(0, 16)}…`} what="the digest" />
    </li>
  )
}
