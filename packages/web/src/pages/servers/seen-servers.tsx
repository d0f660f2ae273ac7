import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { ColumnHead } from "../../components/column-head.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { useObservedServers } from "../../data/seen-query.ts"
import { SEEN_SERVER_GRID, SeenServerRow } from "./seen-server-row.tsx"
import { isNarrowed, type ServersSearch, seenServerFilterOf } from "./servers-search.ts"

const ROW = 53

/** The MCP servers that agents were seen to use. */
export function SeenServers({ search }: { search: ServersSearch }): ReactNode {
  return (
    <div className="@container">
      <PagedRows
        list={useObservedServers(seenServerFilterOf(search))}
        what="The servers"
        name="Servers"
        one="server"
        height={ROW}
        empty={<NoServer search={search} />}
        head={
          <ColumnHead
            grid={SEEN_SERVER_GRID}
            names={["Server", "Leads to", "It can", "Used by", "Last seen"]}
          />
        }
      >
        {(server) => <SeenServerRow server={server} search={search} />}
      </PagedRows>
    </div>
  )
}

function NoServer({ search }: { search: ServersSearch }): ReactNode {
  if (isNarrowed(search)) {
    return (
      <EmptyFace
        title="No server matches"
        next={
          <Link to="/servers" search={{}} className="text-accent hover:underline">
            Show all of them
          </Link>
        }
      >
        None of these filters together holds one.
      </EmptyFace>
    )
  }
  return (
    <EmptyFace title="No server was seen yet">
      An MCP server shows here as soon as the configuration of an agent names it.
    </EmptyFace>
  )
}
