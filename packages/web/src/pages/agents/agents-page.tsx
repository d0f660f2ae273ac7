import { getRouteApi } from "@tanstack/react-router"
import { type ReactNode, useDeferredValue, useMemo } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Loaded, type Reading } from "../../components/loaded.tsx"
import { Page } from "../../components/page.tsx"
import { type Inventory, useInventory } from "../../data/agents-query.ts"
import { count, grouped } from "../../words/count.ts"
import type { AgentsSearch } from "./agents-search.ts"
import { AgentsTable } from "./agents-table.tsx"
import { filterAgents } from "./filter-agents.ts"
import { FilterChips } from "./filter-chips.tsx"
import { RegisterActs } from "./register-acts.tsx"
import { SearchField } from "./search-field.tsx"
import { useRowHeight } from "./table-shape.ts"
import { TableSkeleton } from "./table-skeleton.tsx"

const route = getRouteApi("/agents")

type Change = { [Key in keyof AgentsSearch]?: AgentsSearch[Key] | undefined }

/** The inventory: every agent, who answers for it and how freely it acts. */
export function AgentsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const inventory = useInventory()
  const rowHeight = useRowHeight()
  const asked = useDeferredValue(search)
  const shown = useMemo(() => filterAgents(inventory.agents, asked), [inventory.agents, asked])
  const change = (next: Change): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    void navigate({ search: { ...search, ...next } as AgentsSearch, replace: true })
  return (
    <Page
      title="Agents"
      beside={
        <div className="flex items-center gap-2 max-md:w-full max-md:flex-wrap">
          <SearchField text={search.q ?? ""} onText={(text) => change({ q: text || undefined })} />
          <RegisterActs />
        </div>
      }
    >
      <div className="mb-3 flex items-start justify-between gap-4">
        <FilterChips
          agents={isRead(inventory) ? inventory.agents : undefined}
          search={search}
          onSearch={change}
        />
        <p className="shrink-0 py-1.5 text-small text-faint max-md:sr-only" role="status">
          {isRead(inventory) ? shownWords(shown.length, inventory) : ""}
        </p>
      </div>
      <Loaded
        reading={readingOf(inventory)}
        what="The agents"
        loading={<TableSkeleton />}
        isEmpty={() => shown.length === 0}
        empty={<NoAgents inventory={inventory} onClear={() => void navigate({ search: {} })} />}
        partial={() => stillReading(inventory)}
      >
        {() => (
          <AgentsTable
            key={rowHeight}
            rowHeight={rowHeight}
            agents={shown}
            sort={search.sort}
            onSort={(sort) => change({ sort })}
          />
        )}
      </Loaded>
    </Page>
  )
}

/** Until it was read, how many agents there are is unknown, and unknown is not zero. */
function isRead({ isPending, updatedAt }: Inventory): boolean {
  return !isPending && updatedAt !== 0
}

function readingOf(inventory: Inventory): Reading<true> {
  const { error, updatedAt, retry } = inventory
  return { data: isRead(inventory) ? true : undefined, error, updatedAt, retry }
}

function shownWords(shown: number, { agents }: Inventory): string {
  return shown === agents.length
    ? count(shown, "agent")
    : `${grouped(shown)} of ${count(agents.length, "agent")}`
}

function stillReading({ complete, agents }: Inventory): string | null {
  return complete ? null : `${count(agents.length, "agent")} were read so far. Reading the rest.`
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
    <EmptyFace title="No agent has been found yet">
      Agents show here as soon as a scan has seen one. The overview says how far the scan is.
    </EmptyFace>
  )
}
