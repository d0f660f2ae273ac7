import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { ColumnHead } from "../../components/column-head.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useResources } from "../../data/seen-query.ts"
import { count } from "../../words/count.ts"

const SENSITIVITY: ReadonlyMap<string, string> = new Map([
  ["critical", "money, identities or infrastructure"],
  ["confidential", "customers' or colleagues' data"],
  ["workspace", "one person's working files"],
  ["public", "what is public"],
])

const ROW = 37
const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-3 @2xl:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_7rem_7rem]"

/** The systems that agents reach, the most used first; each leads to the servers that lead there. */
export function SystemsList(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useResources())}
      what="The systems"
      loading={<SkeletonRows rows={12} height={ROW} />}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <EmptyFace title="No system is known yet">
          A system shows here as soon as an agent uses a server that leads to it.
        </EmptyFace>
      }
      partial={() => null}
    >
      {({ items }) => (
        <div className="@container">
          <ColumnHead grid={GRID} names={["System", "What is there", "Servers", "Agents"]} />
          <ul aria-label="Systems" className="border-t">
            {items.map(({ system, sensitivity, servers, agents }) => (
              <li key={system} className="border-b">
                <Link
                  to="/servers"
                  search={{ system }}
                  data-row=""
                  className={`min-h-9 py-1.5 -outline-offset-2 hover:bg-panel ${GRID}`}
                >
                  <span className="min-w-0 truncate font-medium">
                    <Said text={system} />
                  </span>
                  <span className="text-soft @max-2xl:hidden">
                    {sensitivity === null
                      ? "sensitivity not known"
                      : (SENSITIVITY.get(sensitivity) ?? sensitivity)}
                  </span>
                  <span className="@max-2xl:hidden">{count(servers, "server")}</span>
                  <span className="text-right">{count(agents, "agent")}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Loaded>
  )
}
