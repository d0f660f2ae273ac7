import type { EventView } from "@tabard/api"
import { type ReactNode, useMemo } from "react"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { tellingNames } from "../../words/telling-names.ts"
import type { AuditSearch } from "./audit-search.ts"

/** Which agent and which kind of event; both are in the address. */
export function AuditFilters(props: {
  events: readonly EventView[]
  search: AuditSearch
  onSearch: (search: AuditSearch) => void
}): ReactNode {
  const { agent, type } = props.search
  const { agents } = useInventory()
  const types = useMemo(() => typesOf(props.events, type), [props.events, type])
  const named = useMemo(() => tellingNames(agents), [agents])
  return (
    <FilterBar>
      <FilterGroup>
        {" "}
        <FilterChoice
          label="Agent"
          any="Every agent"
          chosen={agent}
          options={named.map(({ id, words }) => [id, words])}
          onChoose={(chosen) => props.onSearch({ ...(chosen && { agent: chosen }), ...(type && { type }) })}
        />
        <FilterChoice
          label="Type of event"
          any="Every type"
          chosen={type}
          options={types.map((one) => [one, one])}
          onChoose={(chosen) => props.onSearch({ ...(agent && { agent }), ...(chosen && { type: chosen }) })}
        />
      </FilterGroup>{" "}
    </FilterBar>
  )
}

// Only types that were met can be chosen; the chosen one stays though nothing of it was.
function typesOf(events: readonly EventView[], chosen: string | undefined): readonly string[] {
  return [...new Set([...events.map((event) => event.type), ...(chosen ? [chosen] : [])])].toSorted()
}
