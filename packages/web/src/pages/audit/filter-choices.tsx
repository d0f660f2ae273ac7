import { EVENT_GROUPS, type EventView } from "@tabard/api"
import { type ReactNode, useMemo } from "react"
import { FilterChoice } from "../../components/filter-bar.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { usePeople } from "../../data/people-query.ts"
import { useServers } from "../../data/servers-query.ts"
import { EVENT_GROUP_WORDS } from "../../words/event-words.ts"
import { tellingNames } from "../../words/telling-names.ts"
import type { AuditChange, AuditSearch } from "./audit-search.ts"

interface FilterProps {
  readonly search: AuditSearch
  readonly onSearch: (change: AuditChange) => void
}

/** Takes the events of one agent. */
export function AgentFilter({ search, onSearch }: FilterProps): ReactNode {
  const { agents } = useInventory()
  const named = useMemo(() => tellingNames(agents), [agents])
  return (
    <FilterChoice
      label="Agent"
      any="Every agent"
      chosen={search.agent}
      options={named.map(({ id, words }) => [id, words])}
      onChoose={(agent) => onSearch({ agent })}
    />
  )
}

/** Takes what a person did, answered for, had done for them, or what names them. */
export function PersonFilter({ search, onSearch }: FilterProps): ReactNode {
  const people = usePeople().data?.items ?? []
  return (
    <FilterChoice
      label="Person"
      any="Every person"
      chosen={search.person}
      options={people.map(({ id, name, email }) => [id, alike(people, name) ? `${name}, ${email}` : name])}
      onChoose={(person) => onSearch({ person })}
    />
  )
}

function alike(people: readonly { readonly name: string }[], name: string): boolean {
  return people.filter((one) => one.name === name).length > 1
}

/** Takes what was to be done with one tool, or with any of a server's. */
export function ToolFilter({ search, onSearch }: FilterProps): ReactNode {
  const servers = useServers().data?.items ?? []
  const options = servers.flatMap(({ name, tools }) => [
    [name, `${name}: every tool`] as const,
    ...tools.map((tool) => [`${name}/${tool.name}`, `${name}/${tool.name}`] as const),
  ])
  return (
    <FilterChoice
      label="Tool"
      any="Every tool"
      chosen={search.tool}
      options={options}
      onChoose={(tool) => onSearch({ tool })}
    />
  )
}

/** Takes one kind of event, or one of the types that were met. */
export function KindFilter(props: FilterProps & { readonly events: readonly EventView[] }): ReactNode {
  const { events, onSearch } = props
  const { group, type } = props.search
  const types = useMemo(() => typesOf(events, type), [events, type])
  return (
    <FilterChoice
      label="Kind of event"
      any="Every kind"
      chosen={type ?? group}
      options={[
        ...EVENT_GROUPS.map((one) => [one, EVENT_GROUP_WORDS[one]] as const),
        ...types.map((one) => [one, one] as const),
      ]}
      onChoose={(chosen) => {
        const isGroup = EVENT_GROUPS.find((one) => one === chosen)
        onSearch({ group: isGroup, type: isGroup ? undefined : chosen })
      }}
    />
  )
}

/** Only types that were met can be chosen; the chosen one stays though nothing of it was. */
function typesOf(events: readonly EventView[], chosen: string | undefined): readonly string[] {
  return [...new Set([...events.map((event) => event.type), ...(chosen ? [chosen] : [])])].toSorted()
}
