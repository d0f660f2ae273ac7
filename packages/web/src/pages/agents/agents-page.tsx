import { MOST_EXPORTED } from "@tabard/api"
import { getRouteApi } from "@tanstack/react-router"
import { type ReactNode, useCallback, useDeferredValue, useMemo, useRef } from "react"
import { WithDrawer } from "../../components/drawer.tsx"
import { Page } from "../../components/page.tsx"
import { SaveCsvButton } from "../../components/save-csv-button.tsx"
import { SearchField } from "../../components/search-field.tsx"
import { type Inventory, isRead, useInventory } from "../../data/agents-query.ts"
import { count, grouped } from "../../words/count.ts"
import { AgentDrawer } from "./agent-drawer.tsx"
import { AgentsList } from "./agents-list.tsx"
import { type AgentsSearch, columnsOf } from "./agents-search.ts"
import type { OnOrder } from "./agents-table.tsx"
import { ColumnChoice } from "./column-choice.tsx"
import { filterAgents } from "./filter-agents.ts"
import { FilterChips } from "./filter-chips.tsx"
import { RegisterActs } from "./register-acts.tsx"
import { SavedViews } from "./saved-views.tsx"

const route = getRouteApi("/agents")

type Change = { [Key in keyof AgentsSearch]?: AgentsSearch[Key] | undefined }

/** The inventory: every agent, who answers for it and how freely it acts; one of them opens beside the list. */
export function AgentsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const inventory = useInventory()
  const asked = useDeferredValue(search)
  const shown = useMemo(() => filterAgents(inventory.agents, asked), [inventory.agents, asked])
  const change = (next: Change): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    void navigate({ search: (now) => ({ ...now, ...next }) as AgentsSearch, replace: true })
  const close = (): void => change({ agent: undefined })
  const rows = useRef<Parameters<OnOrder>[0]>([])
  const keepOrder = useCallback<OnOrder>((next) => void (rows.current = next), [])
  return (
    <Page
      title="Agents"
      beside={
        <div className="flex items-center gap-2 max-md:w-full max-md:flex-wrap">
          <SearchField
            text={search.q ?? ""}
            onText={(text) => change({ q: text || undefined })}
            label="Filter the agents"
            placeholder="Name, client, owner or place"
          />
          <ColumnChoice
            chosen={columnsOf(search)}
            onChoose={(columns) => change({ columns: columns?.join(",") })}
          />
          <RegisterActs />
        </div>
      }
    >
      <SavedViews search={search} />
      <FilterChips
        agents={isRead(inventory) ? inventory.agents : undefined}
        search={search}
        onSearch={change}
      >
        <Counted inventory={inventory} shown={shown.length} ids={() => rows.current.map(({ id }) => id)} />
      </FilterChips>
      <WithDrawer
        drawer={search.agent && <AgentDrawer key={search.agent} id={search.agent} onClose={close} />}
      >
        <AgentsList
          inventory={inventory}
          shown={shown}
          search={search}
          onSearch={change}
          onClear={() => void navigate({ search: {} })}
          onOrder={keepOrder}
        />
      </WithDrawer>
    </Page>
  )
}

/** How many are shown, and those as a file, in the order in which they stand. */
function Counted(props: { inventory: Inventory; shown: number; ids: () => readonly string[] }): ReactNode {
  const { inventory, shown, ids } = props
  return (
    <div className="ml-auto flex shrink-0 items-center gap-2 max-md:sr-only">
      <p className="py-1.5 text-small text-faint" role="status">
        {isRead(inventory) ? shownWords(shown, inventory) : ""}
      </p>
      <SaveCsvButton
        quiet
        disabled={!inventory.complete || shown === 0 || shown > MOST_EXPORTED}
        ask={(client) => client.exportAgents({ agents: ids() })}
      />
    </div>
  )
}

function shownWords(shown: number, { agents, complete, error }: Inventory): string {
  if (!complete && error === null) return "Reading the rest"
  return shown === agents.length
    ? count(shown, "agent")
    : `${grouped(shown)} of ${count(agents.length, "agent")}`
}
