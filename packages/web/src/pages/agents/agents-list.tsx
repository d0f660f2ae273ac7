import type { ActKind, AgentSummary } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Loaded, type Reading } from "../../components/loaded.tsx"
import { NoAgentsYet } from "../../components/no-agents-yet.tsx"
import { type Inventory, isRead } from "../../data/agents-query.ts"
import { count } from "../../words/count.ts"
import { ActsDialog } from "../acts/acts-dialog.tsx"
import { NONE_PICKED, pickedAmong } from "../acts/picked.ts"
import { PickedBar, useMayPick } from "../acts/picked-bar.tsx"
import { usePicked } from "../acts/use-picked.ts"
import { type AgentsSearch, columnsOf } from "./agents-search.ts"
import { AgentsTable, type OnOrder } from "./agents-table.tsx"
import { TableSkeleton } from "./table-skeleton.tsx"

/** The agents that the filters show, and what can be done to those that are picked. */
export function AgentsList(props: {
  inventory: Inventory
  shown: readonly AgentSummary[]
  search: AgentsSearch
  onSearch: (change: { [Key in keyof AgentsSearch]?: AgentsSearch[Key] | undefined }) => void
  onClear: () => void
  onOrder: OnOrder
}): ReactNode {
  const { inventory, shown, search, onSearch, onClear, onOrder } = props
  const picking = usePicked(search.pick, (pick) => onSearch({ pick }))
  const mayPick = useMayPick()
  // Who all are is known once all were read.
  const isKnown = picking.picked.kind === "some" || inventory.complete
  const picked = mayPick && isKnown ? pickedAmong(picking.picked, shown) : []
  // Those that an act was opened for stay, also where it makes them leave the list.
  const [opened, setOpened] = useState<{ kind: ActKind; agents: readonly AgentSummary[] }>()
  return (
    <>
      <Loaded
        reading={readingOf(inventory, shown.length)}
        what="The agents"
        loading={<TableSkeleton />}
        isEmpty={() => shown.length === 0}
        empty={<NoAgents inventory={inventory} onClear={onClear} />}
        partial={() => null}
      >
        {() => (
          <AgentsTable
            agents={shown}
            sort={search.sort}
            onSort={(sort) => onSearch({ sort })}
            chosen={columnsOf(search)}
            open={search.agent}
            onOrder={onOrder}
            picking={mayPick ? picking : undefined}
          />
        )}
      </Loaded>
      {picked.length > 0 && (
        <PickedBar
          agents={picked}
          shown={shown.length}
          onAct={(kind) => setOpened({ kind, agents: picked })}
          onAll={() => picking.pick({ kind: "all" })}
          onNone={() => picking.pick(NONE_PICKED)}
        />
      )}
      {opened && <ActsDialog {...opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function readingOf(inventory: Inventory, shown: number): Reading<true> {
  const { complete, error, updatedAt, retry } = inventory
  // That none matches is known once all were read.
  const isKnown = isRead(inventory) && (shown > 0 || complete || error !== null)
  return { data: isKnown ? true : undefined, error, updatedAt, retry }
}

function NoAgents({ inventory, onClear }: { inventory: Inventory; onClear: () => void }): ReactNode {
  if (inventory.agents.length > 0) {
    return (
      <EmptyFace title="No agent matches" next={<Button onClick={onClear}>Clear the filters</Button>}>
        {count(inventory.agents.length, "agent")} are known; none of them fits these filters.
      </EmptyFace>
    )
  }
  return (
    <NoAgentsYet>
      Agents show here as soon as a scan has seen one. The overview says how far the scan is.
    </NoAgentsYet>
  )
}
