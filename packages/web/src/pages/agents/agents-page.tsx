import { getRouteApi } from "@tanstack/react-router"
import { type ReactNode, useDeferredValue, useMemo } from "react"
import { Page } from "../../components/page.tsx"
import { SearchField } from "../../components/search-field.tsx"
import { type Inventory, isRead, useInventory } from "../../data/agents-query.ts"
import { useShortcuts } from "../../shell/shortcuts.ts"
import { count, grouped } from "../../words/count.ts"
import { AgentDrawer } from "./agent-drawer.tsx"
import { AgentsList } from "./agents-list.tsx"
import { type AgentsSearch, columnsOf } from "./agents-search.ts"
import { ColumnChoice } from "./column-choice.tsx"
import { filterAgents } from "./filter-agents.ts"
import { FilterChips } from "./filter-chips.tsx"
import { RegisterActs } from "./register-acts.tsx"

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
  useShortcuts({ Escape: close })
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
      <div className={search.agent ? "grid gap-x-8 lg:grid-cols-[minmax(0,1fr)_26rem]" : ""}>
        <div className="min-w-0">
          <AgentsList
            inventory={inventory}
            shown={shown}
            search={search}
            onSearch={change}
            onClear={() => void navigate({ search: {} })}
          />
        </div>
        {search.agent && <AgentDrawer key={search.agent} id={search.agent} onClose={close} />}
      </div>
    </Page>
  )
}

function shownWords(shown: number, { agents }: Inventory): string {
  return shown === agents.length
    ? count(shown, "agent")
    : `${grouped(shown)} of ${count(agents.length, "agent")}`
}
