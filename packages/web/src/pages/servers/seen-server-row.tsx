import type { ObservedServerView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { capabilityWords } from "../../words/access-words.ts"
import { UsersTold } from "../seen/users-told.tsx"
import { launchWords } from "./launch-words.ts"
import { ServerFlags } from "./server-flags.tsx"
import type { ServersSearch } from "./servers-search.ts"

/** How a seen server's line is laid out: by the width that the list has, not the screen. */
export const SEEN_SERVER_GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 px-3 @2xl:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)_5rem] @2xl:items-center"

/** One server that scans saw, as a row: what it is, where it leads, what it can do, who uses it. */
export function SeenServerRow(props: { server: ObservedServerView; search: ServersSearch }): ReactNode {
  const { server, search } = props
  const isOpen = search.server === server.id
  return (
    <Link
      to="/servers"
      search={{ ...search, server: server.id }}
      replace={search.server !== undefined}
      data-row=""
      className={`${rowLook(isOpen)} ${SEEN_SERVER_GRID}`}
    >
      <span className="min-w-0 @max-2xl:col-span-2">
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="min-w-0 truncate font-medium">
            <Said text={server.name} />
          </span>
          {!server.enabled && <span className="text-small text-faint">switched off</span>}
          <ServerFlags flags={server.flags} />
        </span>
        <code className="block truncate font-mono text-small text-faint">
          <Said text={launchWords(server)} />
        </code>
      </span>
      <span className={`truncate ${server.system === null ? "text-faint" : ""}`}>
        <Said text={server.system ?? "not known"} />
      </span>
      <span className="truncate text-soft @max-2xl:hidden">
        <Said text={capabilityWords(server.capabilities)} />
      </span>
      <span className="min-w-0 @max-2xl:text-small">
        <UsersTold thing={server} />
      </span>
      <span className="text-right text-small text-faint @max-2xl:hidden">
        {server.vanishedAt === null ? <Moment at={server.lastSeen} short /> : "gone"}
      </span>
    </Link>
  )
}
