import { EFFECT_CLASSES } from "@tabard/core"
import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { Icon } from "../../components/icon.tsx"
import { IdField } from "../../components/id-field.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { CODE_WORDS, DOES_WORDS } from "../../words/decision-words.ts"
import { EFFECT_WORDS } from "../../words/event-words.ts"
import { shortId } from "../../words/ids.ts"
import { DayFilters } from "../audit/day-filters.tsx"
import { AgentFilter, PersonFilter, ToolFilter } from "../audit/filter-choices.tsx"
import { type DecisionsChange, type DecisionsSearch, soughtBy } from "./decisions-search.ts"

interface FilterProps {
  readonly search: DecisionsSearch
  readonly onSearch: (change: DecisionsChange) => void
}

/** Which decisions are shown: each filter is in the address, so that what is seen can be sent. */
export function DecisionsFilters(props: FilterProps): ReactNode {
  const { search, onSearch } = props
  const { agent, person, tool, from, until, effect } = search
  return (
    <div className="mb-1">
      <IdField
        label="Find by id or policy"
        hint="paste an id that begins with dec_, cal_, tsk_, agt_ or usr_, or a policy such as guard/1."
        soughtBy={soughtBy}
        onFound={onSearch}
      />
      <FilterBar>
        <FilterGroup>
          <AgentFilter
            search={{ ...(agent && { agent }) }}
            onSearch={(to) => onSearch({ agent: to.agent })}
          />
          <PersonFilter
            search={{ ...(person && { person }) }}
            onSearch={(to) => onSearch({ person: to.person })}
          />
          <ToolFilter search={{ ...(tool && { tool }) }} onSearch={(to) => onSearch({ tool: to.tool })} />
          <WhyAndWhat {...props} />
        </FilterGroup>
        <FilterGroup>
          {keysOf(EFFECT_WORDS).map((one) => (
            <Chip
              key={one}
              on={effect === one}
              count={undefined}
              onToggle={() => onSearch({ effect: effect === one ? undefined : one })}
            >
              {EFFECT_WORDS[one]}
            </Chip>
          ))}
        </FilterGroup>
        <FilterGroup>
          <DayFilters
            search={{ ...(from && { from }), ...(until && { until }) }}
            onSearch={(days) => onSearch("from" in days ? { from: days.from } : { until: days.until })}
          />
        </FilterGroup>
        <FilterGroup>
          <Narrowed {...props} />
        </FilterGroup>
      </FilterBar>
    </div>
  )
}

function WhyAndWhat({ search: { code, does }, onSearch }: FilterProps): ReactNode {
  return (
    <>
      <FilterChoice
        label="Why"
        any="Every reason"
        chosen={code}
        options={Object.entries(CODE_WORDS)}
        onChoose={(chosen) => onSearch({ code: chosen })}
      />
      <FilterChoice
        label="What the tool does"
        any="Every effect"
        chosen={does}
        options={Object.entries(DOES_WORDS)}
        onChoose={(chosen) => onSearch({ does: EFFECT_CLASSES.find((one) => one === chosen) })}
      />
    </>
  )
}

/** What was narrowed to by an id or a policy; each can be dropped. */
function Narrowed({ search: { task, call, policy }, onSearch }: FilterProps): ReactNode {
  return (
    <>
      {task && <Dropped words={`Task ${shortId(task)}`} onDrop={() => onSearch({ task: undefined })} />}
      {call && <Dropped words={`Call ${shortId(call)}`} onDrop={() => onSearch({ call: undefined })} />}
      {policy && <Dropped words={`By ${policy}`} onDrop={() => onSearch({ policy: undefined })} />}
    </>
  )
}

function Dropped({ words, onDrop }: { words: string; onDrop: () => void }): ReactNode {
  return (
    <Chip on count={undefined} onToggle={onDrop}>
      <span className="max-w-64 truncate">{words}</span>
      <Icon name="cross" className="size-3" />
    </Chip>
  )
}
