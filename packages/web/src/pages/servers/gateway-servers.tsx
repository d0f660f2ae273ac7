import type { ServerView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { ColumnHead } from "../../components/column-head.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { useServers } from "../../data/servers-query.ts"
import { capabilityWords } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"
import type { ServersSearch } from "./servers-search.ts"

const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 px-3 @2xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_7rem] @2xl:items-center"

/** The servers that agents reach through the gateway, with their reviewed tools. */
export function GatewayServers({ search, next }: { search: ServersSearch; next: ReactNode }): ReactNode {
  return (
    <div className="@container">
      <Loaded
        reading={readingOf(useServers())}
        what="The servers behind the gateway"
        loading={<SkeletonLines lines={4} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyFace title="No server stands behind the gateway yet" next={next}>
            A server that is put there is reached by agents under their manifests and tasks alone, and its
            tools are pinned as they were reviewed.
          </EmptyFace>
        }
        partial={() => null}
      >
        {({ items }) => (
          <>
            <ColumnHead grid={GRID} names={["Server", "It can", "Tools"]} />
            <ul aria-label="Servers behind the gateway" className="border-t">
              {items.map((server) => (
                <li key={server.id} className="border-b">
                  <GatewayServerRow server={server} search={search} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  )
}

function GatewayServerRow({ server, search }: { server: ServerView; search: ServersSearch }): ReactNode {
  const effects = [...new Set(server.tools.flatMap((tool) => tool.effects))]
  const isOpen = search.server === server.id
  return (
    <Link
      to="/servers"
      search={{ ...search, server: server.id }}
      replace={search.server !== undefined}
      data-row=""
      className={`${rowLook(isOpen)} ${GRID}`}
    >
      <span className="min-w-0 @max-2xl:col-span-2">
        <span className="block truncate font-medium">
          <Said text={server.name} />
        </span>
        <code className="block truncate font-mono text-small text-faint">
          <Said text={server.reach} />
        </code>
      </span>
      <span className="truncate text-soft @max-2xl:text-small">{capabilityWords(effects)}</span>
      <span className="text-right @max-2xl:text-small">{count(server.tools.length, "pinned tool")}</span>
    </Link>
  )
}
