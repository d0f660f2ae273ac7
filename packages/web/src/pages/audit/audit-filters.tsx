import type { EventView } from "@tabard/api"
import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { FilterBar, FilterGroup } from "../../components/filter-bar.tsx"
import { Icon } from "../../components/icon.tsx"
import { IdField } from "../../components/id-field.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { EFFECT_WORDS } from "../../words/event-words.ts"
import { shortId } from "../../words/ids.ts"
import { type AuditChange, type AuditSearch, soughtBy } from "./audit-search.ts"
import { DayFilters } from "./day-filters.tsx"
import { AgentFilter, KindFilter, PersonFilter, ToolFilter } from "./filter-choices.tsx"

const EFFECTS = keysOf(EFFECT_WORDS)

/** Which part of the record is read: each filter is in the address, so that what is seen can be sent. */
export function AuditFilters(props: {
  events: readonly EventView[]
  search: AuditSearch
  onSearch: (change: AuditChange) => void
}): ReactNode {
  const { search, onSearch } = props
  return (
    <div className="mb-1">
      <IdField
        label="Find by id or place"
        hint="paste an id that begins with evt_, cal_, tsk_, agt_ or usr_, or a place such as 1204."
        soughtBy={soughtBy}
        onFound={onSearch}
      />
      <FilterBar>
        <FilterGroup>
          <AgentFilter {...props} />
          <PersonFilter {...props} />
          <ToolFilter {...props} />
          <KindFilter {...props} />
        </FilterGroup>
        <FilterGroup>
          {EFFECTS.map((effect) => (
            <Chip
              key={effect}
              on={search.effect === effect}
              count={undefined}
              onToggle={() => onSearch({ effect: search.effect === effect ? undefined : effect })}
            >
              {EFFECT_WORDS[effect]}
            </Chip>
          ))}
        </FilterGroup>
        <FilterGroup>
          <DayFilters {...props} />
        </FilterGroup>
        <FilterGroup>
          <Narrowed search={search} onSearch={onSearch} />
        </FilterGroup>
      </FilterBar>
    </div>
  )
}

/** What was narrowed to by an id; each can be dropped. */
function Narrowed({
  search: { task, call, place },
  onSearch,
}: {
  search: AuditSearch
  onSearch: (change: AuditChange) => void
}): ReactNode {
  return (
    <>
      {task && <Dropped words={`Task ${shortId(task)}`} onDrop={() => onSearch({ task: undefined })} />}
      {call && <Dropped words={`Call ${shortId(call)}`} onDrop={() => onSearch({ call: undefined })} />}
      {place && <Dropped words={`№ ${place}`} onDrop={() => onSearch({ place: undefined })} />}
    </>
  )
}

function Dropped({ words, onDrop }: { words: string; onDrop: () => void }): ReactNode {
  return (
    <Chip on count={undefined} onToggle={onDrop}>
      {words}
      <Icon name="cross" className="size-3" />
    </Chip>
  )
}
