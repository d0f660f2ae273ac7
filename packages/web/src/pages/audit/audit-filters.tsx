import type { EventView } from "@tabard/api"
import { type ReactNode, useMemo } from "react"
import { SelectBox } from "../../components/select-box.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { plainText } from "../../words/plain-text.ts"
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
    <div className="mb-5 flex flex-wrap gap-2">
      <Choice
        label="Agent"
        value={agent ?? ""}
        all="Every agent"
        onChoose={(chosen) => props.onSearch({ ...(chosen && { agent: chosen }), ...(type && { type }) })}
      >
        {named.map(({ id, words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </Choice>
      <Choice
        label="Type of event"
        value={type ?? ""}
        all="Every type"
        onChoose={(chosen) => props.onSearch({ ...(agent && { agent }), ...(chosen && { type: chosen }) })}
      >
        {types.map((one) => (
          <option key={one} value={one}>
            {plainText(one)}
          </option>
        ))}
      </Choice>
    </div>
  )
}

function Choice(props: {
  label: string
  value: string
  all: string
  onChoose: (value: string) => void
  children: ReactNode
}): ReactNode {
  return (
    <SelectBox
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChoose(event.target.value)}
      className="max-w-56 max-md:flex-1"
    >
      <option value="">{props.all}</option>
      {props.children}
    </SelectBox>
  )
}

// Only types that were met can be chosen; the chosen one stays though nothing of it was.
function typesOf(events: readonly EventView[], chosen: string | undefined): readonly string[] {
  return [...new Set([...events.map((event) => event.type), ...(chosen ? [chosen] : [])])].toSorted()
}
