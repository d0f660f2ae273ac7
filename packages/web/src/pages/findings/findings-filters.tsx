import type { RuleView } from "@tabard/api"
import { SEVERITIES } from "@tabard/core"
import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { useAgent } from "../../data/agents-query.ts"
import { useRules } from "../../data/findings-query.ts"
import { useOverview } from "../../data/overview-query.ts"
import { keysOf } from "../../shell/read-address.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { FINDING_STATE_WORDS, SEVERITY_WORDS } from "../../words/finding-words.ts"
import { plainText } from "../../words/plain-text.ts"
import type { FindingsSearch } from "./findings-search.ts"

const STATES = keysOf(FINDING_STATE_WORDS)

interface FilterProps {
  readonly search: FindingsSearch
  readonly onSearch: (change: { [Key in keyof FindingsSearch]?: FindingsSearch[Key] | undefined }) => void
}

/** The filters of the findings; each is in the address, so that what is seen can be sent. */
export function FindingsFilters({ search, onSearch }: FilterProps): ReactNode {
  const { state = "open" } = search
  return (
    <FilterBar>
      <FilterGroup>
        {STATES.map((one) => (
          <Chip
            key={one}
            on={state === one && !search.by}
            count={undefined}
            onToggle={() =>
              onSearch({ state: one === "open" ? undefined : one, by: undefined, finding: undefined })
            }
          >
            {FINDING_STATE_WORDS[one]}
          </Chip>
        ))}
        <Chip
          on={search.by === "rules"}
          count={undefined}
          onToggle={() => onSearch({ by: "rules", finding: undefined })}
        >
          By rule
        </Chip>
      </FilterGroup>
      {!search.by && (
        <>
          <FilterGroup>
            <Severities search={search} onSearch={onSearch} />
          </FilterGroup>
          <FilterGroup>
            <RuleChoice search={search} onSearch={onSearch} />
            <Mine search={search} onSearch={onSearch} />
            {search.agent && <AgentChip id={search.agent} onDrop={() => onSearch({ agent: undefined })} />}
          </FilterGroup>
        </>
      )}
    </FilterBar>
  )
}

function Severities({ search, onSearch }: FilterProps): ReactNode {
  const counts = useOverview().data?.findingsBySeverity
  // What the overview counts are all open findings: with another filter the number would be of something else.
  const isAll = !search.state && !search.rule && !search.agent && !search.mine
  return SEVERITIES.map((one) => (
    <Chip
      key={one}
      on={search.severity === one}
      count={isAll && counts ? (counts[one] ?? 0) : undefined}
      onToggle={() => onSearch({ severity: search.severity === one ? undefined : one, finding: undefined })}
    >
      {SEVERITY_WORDS[one]}
    </Chip>
  ))
}

function RuleChoice({ search, onSearch }: FilterProps): ReactNode {
  const rules = useRules().data?.items ?? []
  const shown = rules.filter((rule) => standingIn(rule, search) !== 0 || rule.id === search.rule)
  return (
    <FilterChoice
      label="Rule"
      any="Any rule"
      chosen={search.rule}
      options={shown.map((rule) => [rule.id, `${rule.title}${countIn(rule, search)}`])}
      onChoose={(rule) => onSearch({ rule, finding: undefined })}
    />
  )
}

/** How many of a rule's findings are in the state that is looked at; undefined for resolved ones, which nobody counts by rule. */
function standingIn({ open, accepted }: RuleView, { state = "open" }: FindingsSearch): number | undefined {
  if (state === "resolved") return undefined
  return state === "open" ? open : accepted
}

/** Told only where the list would hold as many: with another filter the number would be of something else. */
function countIn(rule: RuleView, search: FindingsSearch): string {
  const many = search.agent || search.severity || search.mine ? undefined : standingIn(rule, search)
  return many === undefined ? "" : ` (${many})`
}

/** Members see no others, and need not ask. */
function Mine({ search: { mine }, onSearch }: FilterProps): ReactNode {
  const { role } = useSignedIn().user
  if (role === "member") return null
  return (
    <Chip
      on={mine === "yes"}
      count={undefined}
      onToggle={() => onSearch({ mine: mine ? undefined : "yes", finding: undefined })}
    >
      About my agents
    </Chip>
  )
}

function AgentChip({ id, onDrop }: { id: string; onDrop: () => void }): ReactNode {
  const name = useAgent(id).data?.name
  return (
    <Chip on count={undefined} onToggle={onDrop}>
      Of {name ? plainText(name) : "one agent"}
    </Chip>
  )
}
